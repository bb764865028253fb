import { storeJobs } from "@callsheet/server/domains/queue/submit/store-job.ts";
import type { TestApp } from "@callsheet/server/test/test-app.ts";
import type { ReadIds } from "./read-operations.ts";

const slots = 12;

/** 50 workflows of 12 slots, 50 scene types with 3 defaults for each slot, one character with overrides in two scopes, 100 jobs of 10 runs. */
export async function seedReadBench(app: TestApp): Promise<ReadIds> {
  const { prisma } = app.deps.db;
  const versions: { id: string; slotIds: string[] }[] = [];
  for (let n = 0; n < 50; n += 1) {
    const source = JSON.stringify(graphOf(n));
    await app.execute(
      `mutation ($name: String!, $source: String!) { importWorkflow(input: { name: $name, source: $source }) { __typename ... on Error { message } } }`,
      { name: `workflow ${n}`, source },
    );
    const workflow = await prisma.workflow.findUniqueOrThrow({
      where: { name: `workflow ${n}` },
      include: { slots: true },
    });
    versions.push({ id: workflow.currentVersionId as string, slotIds: workflow.slots.map((slot) => slot.id) });
  }
  const project = await prisma.project.create({ data: { name: "bench" } });
  const character = await prisma.character.create({
    data: { name: "Mara", projectId: project.id, metadata: { hair_color: "red", outfit: "a grey coat" } },
  });
  let last = "";
  for (const [n, version] of versions.entries()) {
    const sceneType = await prisma.sceneType.create({
      data: { name: `scene ${n}`, projectId: project.id, workflowVersionId: version.id },
    });
    last = sceneType.id;
    await prisma.scenePromptDefault.createMany({
      data: version.slotIds.flatMap((slotId) =>
        (["FULL_CLIP", "START_CLIP", "CONTINUATION_CLIP"] as const).map((clipPosition) => ({
          sceneTypeId: sceneType.id,
          slotId,
          clipPosition,
          text: "a portrait of {character_name} with {hair_color} hair in {outfit}, at dusk",
        })),
      ),
    });
  }
  const fragments = Array.from({ length: 6 }, (_, n) => ({
    type: "INLINE",
    fragmentId: null,
    text: `soft light number ${n}, {mood}`,
  }));
  for (const slotId of versions.at(-1)?.slotIds ?? []) {
    await prisma.promptOverride.createMany({
      data: [
        {
          scope: "PROJECT",
          targetId: project.id,
          projectId: project.id,
          sceneTypeId: last,
          slotId,
          fragments: fragments.slice(0, 3),
        },
        {
          scope: "CHARACTER",
          targetId: character.id,
          characterId: character.id,
          sceneTypeId: last,
          slotId,
          fragments: fragments.slice(3),
        },
      ],
    });
  }
  for (let n = 0; n < 100; n += 1) {
    await storeJobs(app.deps, [
      {
        name: `job ${n}`,
        versionId: versions[n % 50]?.id as string,
        projectId: null,
        createdById: app.admin.userId,
        pool: "default",
        priority: 0,
        requiredLabels: [],
        stageOnSubmit: true,
        params: {},
        seedMode: "RANDOM",
        allowPartial: false,
        timeoutSecs: 60,
        idempotencyKey: null,
        payloadHash: null,
        runs: Array.from({ length: 10 }, (_, index) => ({
          index,
          tryIndex: index,
          input: null,
          seed: BigInt(index),
          choiceSeed: BigInt(index),
          outputPrefix: `x_${index}`,
          graph: {},
          prompts: [],
          size: null,
          needs: "",
          requiredLabels: [],
          findings: [],
        })),
      },
    ]);
  }
  await app.deps.db.pool.query("ANALYZE");
  const encode = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString("base64");
  return {
    sceneTypeId: encode("SceneType", last),
    characterId: encode("Character", character.id),
    plain: { sceneTypeId: last, characterId: character.id },
  };
}

function graphOf(n: number) {
  const encoders = Array.from({ length: slots }, (_, slot) => [
    String(10 + slot),
    {
      class_type: "CLIPTextEncode",
      inputs: { text: `prompt ${slot} of workflow ${n}, a person walking through the market`, clip: ["1", 1] },
    },
  ]);
  return {
    "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "model.safetensors" } },
    ...Object.fromEntries(encoders),
  };
}
