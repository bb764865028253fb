import { z } from "zod";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeBranch, changeScene, type StoryDeps } from "#domains/stories/change-branch.ts";
import { given } from "#lib/given.ts";
import { requirePicture } from "#domains/stories/images.ts";
import { type Shot, shotList } from "#domains/stories/logic/shots.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Branch, Scene } from "#platform/db/generated/client.ts";

const maxScenes = 500;

const sceneFields = z.object({
  title: storableText(200).trim().min(1, "a scene needs a title"),
  scriptExcerpt: storableText(50_000).optional(),
  shots: shotList.optional(),
  endStateSummary: storableText(10_000).nullable().optional(),
});

export interface SceneInput {
  title?: string | undefined;
  scriptExcerpt?: string | undefined;
  shots?: unknown;
  endStateSummary?: string | null | undefined;
  /** Null takes it away. */
  endFrameId?: string | null | undefined;
}

/**
 * Adds a scene, at the end unless a number is given: then those from there on move up by one.
 * @throws NotFoundError (branch, end frame), ValidationError
 */
export async function createScene(
  deps: StoryDeps,
  viewer: Viewer,
  input: SceneInput & { branchId: string; number?: number | undefined },
): Promise<Scene> {
  const fields = parseInput(sceneFields, input);
  return changeBranch(deps, viewer, input.branchId, ["branchId"], async (tx, branch) => {
    await requirePicture(tx, branch.projectId, input.endFrameId, ["endFrameId"]);
    const count = await tx.scene.count({ where: { branchId: branch.id } });
    if (count >= maxScenes) throw ValidationError.at(["branchId"], `a branch has at most ${maxScenes} scenes`);
    const number = input.number ?? count + 1;
    if (number < 1 || number > count + 1)
      throw ValidationError.at(["number"], `the next scene can have a number from 1 to ${count + 1}`);
    const scene = await tx.scene.create({
      data: { branchId: branch.id, number: count + 1, ...given({ ...fields, endFrameId: input.endFrameId }) },
    });
    if (number === count + 1) return scene;
    const ids = (await idsInOrder(tx, branch.id)).filter((id) => id !== scene.id);
    ids.splice(number - 1, 0, scene.id);
    await renumber(tx, branch.id, ids);
    return { ...scene, number };
  });
}

/** Fields left out stay. @throws NotFoundError (scene, end frame), ValidationError */
export async function updateScene(deps: StoryDeps, viewer: Viewer, id: string, input: SceneInput): Promise<Scene> {
  const fields = parseInput(sceneFields.partial({ title: true }), input);
  return changeScene(deps, viewer, id, ["id"], async (tx, _scene, { projectId }) => {
    await requirePicture(tx, projectId, input.endFrameId, ["endFrameId"]);
    return tx.scene.update({ where: { id }, data: given({ ...fields, endFrameId: input.endFrameId }) });
  });
}

/** Later scenes move down; what followed from the scene's instances keeps that as a record. @throws NotFoundError */
export async function deleteScene(deps: StoryDeps, viewer: Viewer, id: string): Promise<Branch> {
  return changeScene(deps, viewer, id, ["id"], async (tx, { branchId }, branch) => {
    await tx.scene.delete({ where: { id } });
    await renumber(tx, branchId, await idsInOrder(tx, branchId));
    return branch;
  });
}

/**
 * Puts the scenes of a branch into this order and numbers them anew.
 * @throws NotFoundError (branch, a scene by its position), ConflictError unless each is named once
 */
export async function reorderScenes(
  deps: StoryDeps,
  viewer: Viewer,
  branchId: string,
  sceneIds: readonly string[],
): Promise<Branch> {
  return changeBranch(deps, viewer, branchId, ["branchId"], async (tx, branch) => {
    const present = await idsInOrder(tx, branchId);
    const { scenesMissing, isEachOnce } = compareIds(present, sceneIds);
    if (scenesMissing >= 0)
      throw new NotFoundError("The scene, among those of the branch,", ["sceneIds", String(scenesMissing)]);
    if (!isEachOnce)
      throw new ConflictError("Name all scenes that the branch has by now, each once", "SCENES_CHANGED", ["sceneIds"]);
    await renumber(tx, branchId, sceneIds);
    return branch;
  });
}

/**
 * Takes a scene to another place; those between move up or down by one.
 * @throws NotFoundError, ValidationError for a number that the branch has not
 */
export async function moveScene(deps: StoryDeps, viewer: Viewer, id: string, number: number): Promise<Branch> {
  return changeScene(deps, viewer, id, ["id"], async (tx, { branchId }, branch) => {
    const present = await idsInOrder(tx, branchId);
    if (number < 1 || number > present.length)
      throw ValidationError.at(["number"], `the branch has scenes 1 to ${present.length}`);
    const others = present.filter((each) => each !== id);
    await renumber(tx, branchId, others.toSpliced(number - 1, 0, id));
    return branch;
  });
}

function compareIds(present: readonly string[], wanted: readonly string[]) {
  const known = new Set(present);
  return {
    scenesMissing: wanted.findIndex((id) => !known.has(id)),
    isEachOnce: wanted.length === present.length && new Set(wanted).size === present.length,
  };
}

async function idsInOrder(tx: PrismaTx, branchId: string): Promise<string[]> {
  const scenes = await tx.scene.findMany({ where: { branchId }, orderBy: { number: "asc" }, select: { id: true } });
  return scenes.map(({ id }) => id);
}

/** In two steps, for no number may be there twice at any moment. */
async function renumber(tx: PrismaTx, branchId: string, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE scene SET number = -placed.number
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS placed(id, number)
    WHERE scene.id = placed.id AND scene.branch_id = ${branchId}::uuid AND scene.number <> placed.number`;
  await tx.$executeRaw`UPDATE scene SET number = -number WHERE branch_id = ${branchId}::uuid AND number < 0`;
}

/** Shots as they were checked when they were stored. */
export function shotsOf({ shots }: Pick<Scene, "shots">): Shot[] {
  return shots as unknown as Shot[];
}
