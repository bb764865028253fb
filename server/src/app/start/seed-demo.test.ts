import { rm } from "node:fs/promises";
import { join } from "node:path";
import { demoStudio } from "#app/start/demo-studio.ts";
import { seedDemoStudio } from "#app/start/seed-demo.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  expect(await seedDemoStudio(app.deps)).toBe(true);
});
afterAll(() => app[Symbol.asyncDispose]());

test("a new studio gets workflows, a project, characters, scene types with texts, fragments and a library", async () => {
  const { prisma } = app.deps.db;
  expect(await prisma.workflow.count()).toBe(demoStudio.workflows.length);
  expect(await prisma.character.count()).toBe(demoStudio.characters.length);
  expect(await prisma.sceneType.count()).toBe(demoStudio.sceneTypes.length);
  expect(await prisma.scenePromptDefault.count()).toBeGreaterThanOrEqual(demoStudio.sceneTypes.length * 2);
  expect(await prisma.promptOverride.count()).toBe(demoStudio.overrides.length);
  expect(await prisma.projectLibrary.count()).toBe(demoStudio.libraries.length);
});

test("the demo story shows continuity: what carries on, what is reset, what is still to be done", async () => {
  const { prisma } = app.deps.db;
  const scenes = await prisma.scene.findMany({
    orderBy: { number: "asc" },
    include: { assets: { include: { projectAsset: true } }, prompts: true },
  });
  const told = scenes.map(({ title, status, assets }) => [
    `${title}: ${status}`,
    ...assets
      .map(({ projectAsset, statusTags, imageId }) =>
        [projectAsset.name, ...statusTags, ...(imageId ? [] : ["no image"])].join(", "),
      )
      .toSorted(),
  ]);
  expect(told).toEqual([
    ["Closing time: READY", "Lantern stall", "Mara", "Noa", "Parcel", "Red lantern"],
    ["Into the rain: READY", "Canal bridge, flooded", "Noa, wet", "Parcel, wet", "Red lantern"],
    [
      "The bridge: ASSETS",
      "Canal bridge, flooded",
      "Noa, wet, muddy, torn sleeve",
      "Parcel, wet",
      "Red lantern, blown out",
    ],
    [
      "Past midnight: ASSETS",
      "Lantern stall, lanterns down",
      "Mara, tired, no image",
      "Noa, wet, muddy, torn sleeve",
      "Red lantern",
    ],
    ["First light: SCRIPT"],
  ]);
  expect(scenes.every(({ endStateSummary }) => endStateSummary)).toBe(true);
  const ready = { lockedStyleId: { not: null }, assetWorkflow: { name: "Text to image" } };
  expect(await prisma.projectStory.count({ where: ready })).toBe(1);
  expect(await prisma.libraryAsset.count({ where: { imageId: { not: null }, clones: { none: {} } } })).toBe(2);
});

test("the novel behind the story has chapters, a prompt with a history, and a translation from before", async () => {
  const [work] = await app.deps.db.prisma.work.findMany({
    include: {
      prompt: { include: { versions: { orderBy: { number: "asc" } } } },
      chapters: { orderBy: { number: "asc" }, include: { translations: true } },
    },
  });
  expect(work?.chapters.map(({ title, translations }) => [title, translations.length])).toEqual([
    ["L'heure de fermer", 1],
    ["Sous la pluie", 0],
  ]);
  expect(work?.prompt?.versions).toMatchObject([{ number: 1 }, { number: 2, parameters: { tone: "spare and warm" } }]);
  expect(work?.prompt?.versions[1]?.template).toContain("{tone}");
});

test("what people delete does not come back; a start that broke off is completed, and nothing is written twice", async () => {
  const { prisma } = app.deps.db;
  const count = async () => ({
    assets: await prisma.asset.count(),
    changes: await prisma.sceneAssetChange.count(),
    characters: await prisma.character.count(),
    instances: await prisma.sceneAsset.count(),
    prompts: await prisma.promptCollection.aggregate({ _sum: { version: true } }),
    versions: await prisma.promptVersion.count(),
    translations: await prisma.chapterTranslation.count(),
    scenes: await prisma.scene.groupBy({ by: ["status"], _count: true, orderBy: { status: "asc" } }),
  });
  const whole = await count();
  await prisma.character.deleteMany();
  await prisma.scene.deleteMany({ where: { title: "First light" } });
  await prisma.sceneAsset.deleteMany({ where: { scene: { title: "Past midnight" } } });
  expect(await seedDemoStudio(app.deps)).toBe(false);
  expect(await prisma.character.count()).toBe(0);
  for (const _start of [1, 2]) {
    await rm(join(app.deps.config.stateDir, "demo-studio"));
    expect(await seedDemoStudio(app.deps)).toBe(true);
    expect(await count()).toEqual(whole);
  }
});

test("a database that is in use already stays as it is", async () => {
  await using other = await startTestApp();
  await createProject(other.deps, other.admin, { name: "Our film" });
  expect(await seedDemoStudio(other.deps)).toBe(false);
  expect(await other.deps.db.prisma.workflow.count()).toBe(0);
});
