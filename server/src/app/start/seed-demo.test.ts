import { demoStudio } from "#app/start/demo-studio.ts";
import { seedDemoStudio } from "#app/start/seed-demo.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { startTestApp } from "#test/test-app.ts";

test("a new studio gets workflows, a project, characters, scene types with texts, fragments and a library", async () => {
  await using app = await startTestApp();
  expect(await seedDemoStudio(app.deps)).toBe(true);
  const { prisma } = app.deps.db;
  expect(await prisma.workflow.count()).toBe(demoStudio.workflows.length);
  expect(await prisma.character.count()).toBe(demoStudio.characters.length);
  expect(await prisma.sceneType.count()).toBe(demoStudio.sceneTypes.length);
  expect(await prisma.scenePromptDefault.count()).toBeGreaterThanOrEqual(demoStudio.sceneTypes.length * 2);
  expect(await prisma.promptOverride.count()).toBe(demoStudio.overrides.length);
  expect(await prisma.projectLibrary.count()).toBe(demoStudio.libraries.length);
});

test("what people delete does not come back at the next start", async () => {
  await using app = await startTestApp();
  await seedDemoStudio(app.deps);
  await app.deps.db.prisma.character.deleteMany();
  expect(await seedDemoStudio(app.deps)).toBe(false);
  expect(await app.deps.db.prisma.character.count()).toBe(0);
});

test("a database that is in use already stays as it is", async () => {
  await using app = await startTestApp();
  await createProject(app.deps, app.admin, { name: "Our film" });
  expect(await seedDemoStudio(app.deps)).toBe(false);
  expect(await app.deps.db.prisma.workflow.count()).toBe(0);
});
