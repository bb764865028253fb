import { applyFragments } from "#domains/prompts/apply-fragments.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { setScenePromptDefault, setScenePromptDefaults } from "#domains/prompts/scene-defaults.service.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";
import { makePromptStudio, type PromptStudio } from "#test/prompt-studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

/** A scene type moves to a version without the slot while somebody saves a text for it: no text may be left on the slot. */
let app: TestApp;
let studio: PromptStudio;
let targetVersionId: string;
beforeAll(async () => {
  app = await startTestApp();
  studio = await makePromptStudio(app);
  const source = JSON.stringify({
    "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "a.safetensors" } },
  });
  const { version } = await importWorkflow(app.deps, { name: "Market", source, removeOrphans: false });
  targetVersionId = version.id;
});
afterAll(() => app[Symbol.asyncDispose]());

const writers: Record<string, () => Promise<unknown>> = {
  setPromptOverrides: () =>
    setPromptOverrides(
      app.deps,
      app.admin,
      { sceneTypeId: studio.sceneTypeId, scope: "CHARACTER", targetId: studio.characterId },
      [{ slotId: studio.slots.positive.id, text: "late", fragments: [] }],
    ),
  applyFragments: () =>
    applyFragments(app.deps, app.admin, {
      sceneTypeId: studio.sceneTypeId,
      slotIds: [studio.slots.positive.id],
      characters: { projectId: studio.projectId },
      fragments: [{ type: "INLINE", text: "late" }],
      dryRun: false,
    }),
  setScenePromptDefault: () =>
    setScenePromptDefault(app.deps, app.admin, {
      sceneTypeId: studio.sceneTypeId,
      slotId: studio.slots.positive.id,
      clipPosition: "FULL_CLIP",
      text: "late",
    }),
  setScenePromptDefaults: () =>
    setScenePromptDefaults(app.deps, app.admin, studio.sceneTypeId, [
      { slotId: studio.slots.positive.id, clipPosition: "FULL_CLIP", text: "late" },
    ]),
};

test.each(Object.keys(writers))("%s waits for a move of the scene type and sees it", async (name) => {
  const { pool } = app.deps.db;
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("UPDATE scene_type SET workflow_version_id = $1 WHERE id = $2", [
      targetVersionId,
      studio.sceneTypeId,
    ]);
    let isOver = false;
    const writing = (writers[name] as () => Promise<unknown>)().finally(() => (isOver = true));
    writing.catch(() => undefined);
    while (!isOver && !(await someoneWaits())) continue;
    await client.query("COMMIT");
    await expect(writing).rejects.toMatchObject({ code: "NOT_FOUND" });
  } finally {
    client.release();
    await app.deps.db.prisma.sceneType.update({
      where: { id: studio.sceneTypeId },
      data: { workflowVersionId: (await firstVersion()).id },
    });
  }
  expect(await app.deps.db.prisma.promptOverride.count()).toBe(0);
  expect(await app.deps.db.prisma.scenePromptDefault.count()).toBe(0);
});

const firstVersion = () =>
  app.deps.db.prisma.workflowVersion.findFirstOrThrow({ where: { workflowId: studio.workflowId, number: 1 } });

async function someoneWaits(): Promise<boolean> {
  const { rowCount } = await app.deps.db.pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rowCount !== 0;
}
