import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { parse } from "yaml";
import { type DemoScene, type DemoStory, storyStatuses } from "#app/start/demo-story.ts";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { storeAsset } from "#domains/assets/assets.service.ts";
import { importPromptCollection } from "#domains/stories/collections/prompt-collections.service.ts";
import { advanceScene } from "#domains/stories/continuity/advance-scene.service.ts";
import { createLibraryAsset } from "#domains/stories/library-assets.service.ts";
import { setAssetWorkflow } from "#domains/stories/pictures/asset-workflow.service.ts";
import { createProjectAsset } from "#domains/stories/project-assets.service.ts";
import { createSceneAsset } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { inheritSceneAssets } from "#domains/stories/scene-assets/inherit-scene-assets.service.ts";
import { lockSceneAssets, updateSceneAsset } from "#domains/stories/scene-assets/update-scene-asset.service.ts";
import { updateSceneMetadata } from "#domains/stories/scene-metadata/scene-metadata.service.ts";
import { createScene } from "#domains/stories/scenes.service.ts";
import { storyOf } from "#domains/stories/story.service.ts";
import { createVisualStyle, lockVisualStyle } from "#domains/stories/visual-styles.service.ts";

/** From the repository's root. */
const file = "examples/stories/the-last-lantern.yaml";
const pictures = "examples/stories/the-last-lantern";

interface Seeding {
  deps: Deps;
  viewer: Viewer;
  projectId: string;
  branchId: string;
}

/** Tells the demo studio's story in a project's main branch. What is there already stays as it is. */
export async function seedStory(deps: Deps, viewer: Viewer, projectId: string): Promise<void> {
  const story = parse(await readFile(file, "utf8")) as DemoStory;
  const { mainBranchId: branchId } = await storyOf(deps, projectId);
  const seeding = { deps, viewer, projectId, branchId };
  await seedStyle(seeding, story.style);
  await seedAssetWorkflow(seeding, story.assetWorkflow);
  await seedLibrary(seeding, story.library);
  const assetIds = await seedAssets(seeding, story.assets);
  await seedPrompts(seeding, { branchId }, story.prompts);
  for (const scene of story.scenes) await seedScene(seeding, scene, story.resolution, assetIds);
}

/** A drawing as a picture of the project. @returns its id */
async function picture({ deps, viewer, projectId }: Seeding, name: string): Promise<string> {
  const place = { folder: `uploads/${projectId}`, filename: `${name}.webp` };
  const known = await deps.db.prisma.asset.findUnique({ where: { folder_filename: place } });
  if (known) return known.id;
  const bytes = await sharp(join(pictures, `${name}.svg`))
    .webp({ quality: 82 })
    .toBuffer();
  const blob = await deps.storage.putBytes(bytes);
  return (await storeAsset(deps, { blob, kind: "UPLOAD", ...place, projectId, createdById: viewer.userId })).id;
}

async function seedStyle(seeding: Seeding, { pictures: names, ...style }: DemoStory["style"]): Promise<void> {
  const { deps, viewer, projectId } = seeding;
  if ((await deps.db.prisma.visualStyle.count({ where: { projectId } })) > 0) return;
  const imageIds = await Promise.all(names.map((name) => picture(seeding, name)));
  const { id } = await createVisualStyle(deps, viewer, { projectId, ...style, imageIds });
  await lockVisualStyle(deps, viewer, id);
}

/** Set only while the project has none: what people choose stays. */
async function seedAssetWorkflow({ deps, viewer, projectId }: Seeding, name: string): Promise<void> {
  const { prisma } = deps.db;
  if ((await prisma.projectStory.count({ where: { projectId, assetWorkflowId: { not: null } } })) > 0) return;
  const { id: workflowId } = await prisma.workflow.findUniqueOrThrow({ where: { name } });
  await setAssetWorkflow(deps, viewer, { projectId, workflowId });
}

async function seedLibrary(seeding: Seeding, assets: DemoStory["library"]): Promise<void> {
  const { deps, viewer } = seeding;
  for (const { picture: drawing, type, name, description } of assets) {
    const known = await deps.db.prisma.libraryAsset.findUnique({ where: { type_name: { type, name } } });
    if (known) continue;
    await createLibraryAsset(deps, viewer, { type, name, description, imageId: await picture(seeding, drawing) });
  }
}

/** @returns ids by name */
async function seedAssets(seeding: Seeding, assets: DemoStory["assets"]): Promise<Map<string, string>> {
  const { deps, viewer, branchId } = seeding;
  const ids = new Map<string, string>();
  for (const { picture: drawing, ...asset } of assets) {
    const where = { branchId_type_name: { branchId, type: asset.type, name: asset.name } };
    const known = await deps.db.prisma.projectAsset.findUnique({ where });
    const imageId = await picture(seeding, drawing);
    const { id } = known ?? (await createProjectAsset(deps, viewer, { branchId, ...asset, imageId, isLocked: true }));
    ids.set(asset.name, id);
  }
  return ids;
}

async function seedPrompts(
  { deps, viewer }: Seeding,
  owner: { sceneId: string } | { branchId: string },
  prompts: DemoStory["prompts"] | undefined,
): Promise<void> {
  if (!prompts || (await deps.db.prisma.promptCollection.findUnique({ where: owner }))) return;
  await importPromptCollection(deps, viewer, { owner, expectedVersion: 0 }, prompts);
}

async function seedScene(
  seeding: Seeding,
  wanted: DemoScene,
  resolution: DemoStory["resolution"],
  assetIds: ReadonlyMap<string, string>,
): Promise<void> {
  const { deps, viewer, branchId } = seeding;
  const { title, script, shots, end, endFrame } = wanted;
  const known = await deps.db.prisma.scene.findFirst({ where: { branchId, title } });
  const scene =
    known ??
    (await createScene(deps, viewer, {
      branchId,
      title,
      scriptExcerpt: script,
      shots,
      endStateSummary: end,
      ...(endFrame ? { endFrameId: await picture(seeding, endFrame) } : {}),
    }));
  if (scene.width === null) await updateSceneMetadata(deps, viewer, scene.id, { resolution });
  await seedPrompts(seeding, { sceneId: scene.id }, wanted.prompts);
  await seedStates(seeding, scene.id, wanted, assetIds);
  const steps = storyStatuses.indexOf(wanted.status) - storyStatuses.indexOf(scene.status);
  for (let step = 0; step < steps; step += 1) await advanceScene(deps, viewer, scene.id);
}

/** In which state the scene finds its assets: as the one before left them, with what the script does to them. */
async function seedStates(
  seeding: Seeding,
  sceneId: string,
  { leave = [], add = [], states, status }: DemoScene,
  assetIds: ReadonlyMap<string, string>,
): Promise<void> {
  const { deps, viewer } = seeding;
  const { prisma } = deps.db;
  if (status === "SCRIPT") return;
  const idOf = (name: string): string => {
    const id = assetIds.get(name);
    if (id === undefined) throw new Error(`${file} names ${name}, who is not among its assets`);
    return id;
  };
  if ((await prisma.sceneAsset.count({ where: { sceneId } })) === 0) {
    const choices = leave.map((name) => ({ projectAssetId: idOf(name), choice: "SKIP" as const }));
    await inheritSceneAssets(deps, viewer, { sceneId, choices, fromProjectAssets: false });
  }
  for (const projectAssetId of add.map(idOf))
    if ((await prisma.sceneAsset.count({ where: { sceneId, projectAssetId } })) === 0)
      await createSceneAsset(deps, viewer, { sceneId, projectAssetId, fromLastAppearance: true });
  for (const [name, { isLocked, picture: drawing, ...state }] of Object.entries(states)) {
    const where = { sceneId_projectAssetId: { sceneId, projectAssetId: idOf(name) } };
    const { id, _count } = await prisma.sceneAsset.findUniqueOrThrow({
      where,
      include: { _count: { select: { changes: true } } },
    });
    if (_count.changes > 0) continue;
    const imageId = drawing && (await picture(seeding, drawing));
    await updateSceneAsset(deps, viewer, id, { ...state, imageId });
    if (isLocked) await lockSceneAssets(deps, viewer, [id], true, undefined);
  }
}
