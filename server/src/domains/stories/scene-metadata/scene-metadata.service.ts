import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeScene, type StoryDeps } from "#domains/stories/change-branch.ts";
import { given } from "#lib/given.ts";
import {
  addLora,
  changeLora,
  loraChanges,
  loraFields,
  loraList,
  removeLora,
  reorderLoras,
  type SceneLora,
} from "#domains/stories/logic/scene-loras.ts";
import { type PoseChange, poseFields, poseFile } from "#domains/stories/logic/scene-pose.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { Prisma, Scene } from "#platform/db/generated/client.ts";

/** LoRAs as they were checked when they were stored, in their order. */
export function lorasOf({ loras }: Pick<Scene, "loras">): SceneLora[] {
  return loras as unknown as SceneLora[];
}

const poseData = ({ resolution, ...choices }: PoseChange) =>
  given({
    ...choices,
    width: resolution === undefined ? undefined : (resolution?.width ?? null),
    height: resolution === undefined ? undefined : (resolution?.height ?? null),
  });

/** Fields left out stay, null empties. @throws NotFoundError, ValidationError */
export async function updateSceneMetadata(
  deps: StoryDeps,
  viewer: Viewer,
  sceneId: string,
  input: PoseChange,
): Promise<Scene> {
  const data = poseData(parseInput(poseFields, input));
  return changeScene(deps, viewer, sceneId, ["sceneId"], (tx) => tx.scene.update({ where: { id: sceneId }, data }));
}

/** @throws NotFoundError, ValidationError, ConflictError when the scene has it */
export async function addSceneLora(
  deps: StoryDeps,
  viewer: Viewer,
  sceneId: string,
  input: { name: string; strength: number | undefined; enabled: boolean | undefined },
): Promise<Scene> {
  const added = parseInput(loraFields, input);
  return changeLoras(deps, viewer, sceneId, (list) => addLora(list, added));
}

/** Fields left out stay. @throws NotFoundError (scene, LoRA), ValidationError */
export async function updateSceneLora(
  deps: StoryDeps,
  viewer: Viewer,
  sceneId: string,
  { name, ...input }: { name: string; strength: number | undefined; enabled: boolean | undefined },
): Promise<Scene> {
  const { strength, enabled } = loraFields.shape;
  const change = parseInput(
    loraChanges.extend({ strength: strength.unwrap().optional(), enabled: enabled.unwrap().optional() }),
    input,
  );
  return changeLoras(deps, viewer, sceneId, (list) => changeLora(list, name, given(change)));
}

/** @throws NotFoundError (scene, LoRA) */
export async function removeSceneLora(deps: StoryDeps, viewer: Viewer, sceneId: string, name: string): Promise<Scene> {
  return changeLoras(deps, viewer, sceneId, (list) => removeLora(list, name));
}

/** @throws NotFoundError (scene, a LoRA by its position), ConflictError unless each is named once */
export async function reorderSceneLoras(
  deps: StoryDeps,
  viewer: Viewer,
  sceneId: string,
  names: readonly string[],
): Promise<Scene> {
  return changeLoras(deps, viewer, sceneId, (list) => reorderLoras(list, names));
}

/** Takes over loras.json, pose.json or both, all or nothing. @throws NotFoundError, ValidationError that names the place */
export async function importSceneMetadata(
  deps: StoryDeps,
  viewer: Viewer,
  sceneId: string,
  files: { loras: unknown; pose: unknown },
): Promise<Scene> {
  const loras = files.loras == null ? undefined : parseInput(loraList, files.loras, ["loras"]);
  const pose = files.pose == null ? {} : poseData(parseInput(poseFile, files.pose, ["pose"]));
  return changeScene(deps, viewer, sceneId, ["sceneId"], (tx) =>
    tx.scene.update({ where: { id: sceneId }, data: { ...pose, ...given({ loras }) } }),
  );
}

function changeLoras(
  deps: StoryDeps,
  viewer: Viewer,
  sceneId: string,
  change: (list: readonly SceneLora[]) => SceneLora[],
): Promise<Scene> {
  return changeScene(deps, viewer, sceneId, ["sceneId"], (tx, scene) => {
    const loras = parseInput(loraList, change(lorasOf(scene)), ["name"]) as unknown as Prisma.InputJsonArray;
    return tx.scene.update({ where: { id: sceneId }, data: { loras } });
  });
}
