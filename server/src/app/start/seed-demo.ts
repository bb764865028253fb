import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { demoStudio } from "#app/start/demo-studio.ts";
import { seedStory } from "#app/start/seed-story.ts";
import { seedWork } from "#app/start/seed-work.ts";
import type { Deps } from "#app/deps.ts";
import { ensureLocalUser } from "#domains/accounts/local-user.ts";
import { createFragment, pinFragment } from "#domains/fragments/fragments.service.ts";
import { createLibrary } from "#domains/libraries/libraries.service.ts";
import { setProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import { createProject } from "#domains/projects/projects.service.ts";
import { createCharacter } from "#domains/prompts/characters.service.ts";
import { setPromptOverrides } from "#domains/prompts/overrides.service.ts";
import { setScenePromptDefault } from "#domains/prompts/scene-defaults.service.ts";
import { createSceneType } from "#domains/prompts/scene-types.service.ts";
import { importWorkflow } from "#domains/workflows/workflows.service.ts";

/** From the repository's root. */
const examples = "examples/workflows";

/**
 * Fills a new studio once. What is there already stays as it is, so a start that broke off is completed by the next; what
 * people delete later does not come back, because a file in the state directory says that this was done.
 * @returns whether anything was written
 */
export async function seedDemoStudio(deps: Deps): Promise<boolean> {
  const marker = join(deps.config.stateDir, "demo-studio");
  const isDone = await stat(marker).then(
    () => true,
    () => false,
  );
  if (isDone) return false;
  const isUsed = await holdsOtherWork(deps);
  if (!isUsed) await seed(deps);
  await mkdir(dirname(marker), { recursive: true });
  await writeFile(marker, "The demo studio was written once. Remove this file to let the next start complete it.\n");
  return !isUsed;
}

/** A database that somebody works with already, as one that many hosts share. */
async function holdsOtherWork({ db }: Deps): Promise<boolean> {
  const names = demoStudio.workflows.map((workflow) => workflow.name);
  const [projects, workflows] = await Promise.all([
    db.prisma.project.count({ where: { name: { not: demoStudio.project } } }),
    db.prisma.workflow.count({ where: { name: { notIn: names } } }),
  ]);
  return projects + workflows > 0;
}

async function seed(deps: Deps): Promise<void> {
  const { prisma } = deps.db;
  const viewer = await ensureLocalUser(deps);
  for (const { file, name, description } of demoStudio.workflows) {
    const source = await readFile(join(examples, file), "utf8");
    await importWorkflow(deps, { name, description, source, removeOrphans: false });
  }
  const { project: name } = demoStudio;
  const project =
    (await prisma.project.findUnique({ where: { name } })) ?? (await createProject(deps, viewer, { name }));
  const projectId = project.id;
  for (const character of demoStudio.characters) {
    const known = await prisma.character.findFirst({ where: { projectId, name: character.name } });
    if (!known) await createCharacter(deps, viewer, { projectId, ...character });
  }
  for (const { tags, ...fragment } of demoStudio.fragments) {
    const known = await prisma.fragment.findFirst({ where: { text: fragment.text } });
    if (!known) await createFragment(deps, { ...fragment, tags: [...tags] });
  }
  await seedLibraries(deps, viewer, projectId);
  for (const sceneType of demoStudio.sceneTypes) {
    const known = await prisma.sceneType.findFirst({ where: { projectId, name: sceneType.name } });
    if (!known) await seedSceneType(deps, viewer, projectId, sceneType);
  }
  for (const override of demoStudio.overrides) await seedOverride(deps, viewer, projectId, override);
  await seedStory(deps, viewer, projectId);
  await seedWork(deps, viewer, projectId);
}

type Viewer = Awaited<ReturnType<typeof ensureLocalUser>>;

/** Attached only while the project has none: what people attach stays as they want it. */
async function seedLibraries(deps: Deps, viewer: Viewer, projectId: string): Promise<void> {
  const ids: string[] = [];
  for (const { name, entries } of demoStudio.libraries) {
    const known = await deps.db.prisma.library.findFirst({ where: { projectId, name } });
    ids.push((known ?? (await createLibrary(deps, viewer, { name, entries, projectId }))).id);
  }
  const attached = await deps.db.prisma.projectLibrary.count({ where: { projectId } });
  if (attached === 0) await setProjectLibraries(deps, viewer, projectId, ids);
}

async function seedSceneType(
  deps: Deps,
  viewer: Viewer,
  projectId: string,
  wanted: (typeof demoStudio.sceneTypes)[number],
): Promise<void> {
  const { prisma } = deps.db;
  const workflow = await prisma.workflow.findUniqueOrThrow({
    where: { name: wanted.workflow },
    include: { slots: true },
  });
  const sceneType = await createSceneType(deps, viewer, { name: wanted.name, workflowId: workflow.id, projectId });
  for (const slot of workflow.slots) {
    const text = slot.slotType === "POSITIVE" ? wanted.positive : wanted.negative;
    await setScenePromptDefault(deps, viewer, {
      sceneTypeId: sceneType.id,
      slotId: slot.id,
      clipPosition: "FULL_CLIP",
      text,
    });
  }
  const fragments = await prisma.fragment.findMany({ where: { text: { in: [...wanted.pinned] } } });
  for (const fragment of fragments)
    await pinFragment(deps, viewer, { fragmentId: fragment.id, sceneTypeId: sceneType.id });
}

async function seedOverride(
  deps: Deps,
  viewer: Viewer,
  projectId: string,
  wanted: (typeof demoStudio.overrides)[number],
): Promise<void> {
  const { prisma } = deps.db;
  const sceneType = await prisma.sceneType.findFirstOrThrow({ where: { projectId, name: wanted.sceneType } });
  const character = await prisma.character.findFirstOrThrow({ where: { projectId, name: wanted.character } });
  const slot = await prisma.promptSlot.findFirstOrThrow({
    where: { slotType: "POSITIVE", workflow: { currentVersionId: sceneType.workflowVersionId } },
  });
  const fragments = await prisma.fragment.findMany({ where: { text: { in: [...wanted.fragments] } } });
  const target = { sceneTypeId: sceneType.id, scope: "CHARACTER", targetId: character.id } as const;
  await setPromptOverrides(deps, viewer, target, [
    {
      slotId: slot.id,
      text: wanted.text,
      fragments: fragments.map(({ id }) => ({ type: "FRAGMENT_REF", fragmentId: id })),
    },
  ]);
}
