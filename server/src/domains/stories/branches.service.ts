import { z } from "zod";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { changeBranch, type StoryDeps } from "#domains/stories/change-branch.ts";
import { lockStory, storyOf } from "#domains/stories/story.service.ts";
import { ConflictError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Branch } from "#platform/db/generated/client.ts";

/** They are listed whole, so there is an end to them. */
const maxBranches = 100;

const branchFields = z.object({ name: storableText(120).trim().min(1, "a branch needs a name") });

/** @throws ValidationError */
export function readBranchName(name: string): string {
  return parseInput(branchFields, { name }).name;
}

export const branchNameTaken = "A branch with this name exists already in the project";

/** Whoever else adds one to the project waits until this transaction ends. @throws ValidationError */
export async function requireRoomForBranch(tx: PrismaTx, projectId: string): Promise<void> {
  await lockStory(tx, projectId);
  if ((await tx.branch.count({ where: { projectId } })) >= maxBranches)
    throw ValidationError.at(["name"], `a project has at most ${maxBranches} branches; delete some first`);
}

/** Adds an empty branch. @throws NotFoundError (project), ValidationError, ConflictError when the name is taken */
export async function createBranch(
  deps: StoryDeps,
  viewer: Viewer,
  input: { projectId: string; name: string },
): Promise<Branch> {
  const name = readBranchName(input.name);
  await requireExistingProject(deps, viewer, input.projectId);
  await storyOf(deps, input.projectId);
  const { projectId } = input;
  return conflictOnUnique(
    () =>
      deps.db.prisma.$transaction(async (tx) => {
        await requireRoomForBranch(tx, projectId);
        return tx.branch.create({ data: { projectId, name } });
      }),
    branchNameTaken,
    ["name"],
  );
}

/** @throws NotFoundError, ValidationError, ConflictError when the name is taken */
export async function renameBranch(deps: StoryDeps, viewer: Viewer, id: string, text: string): Promise<Branch> {
  const name = readBranchName(text);
  return conflictOnUnique(
    () => changeBranch(deps, viewer, id, ["id"], (tx) => tx.branch.update({ where: { id }, data: { name } })),
    branchNameTaken,
    ["name"],
  );
}

/** Makes it the one that the project is told in. @throws NotFoundError */
export async function activateBranch(deps: StoryDeps, viewer: Viewer, id: string): Promise<Branch> {
  const { branch, before } = await changeBranch(deps, viewer, id, ["id"], async (tx, branch) => {
    const { projectId } = branch;
    await lockStory(tx, projectId);
    const { activeBranchId } = await tx.projectStory.findUniqueOrThrow({ where: { projectId } });
    await tx.projectStory.update({ where: { projectId }, data: { activeBranchId: id } });
    return { branch, before: activeBranchId };
  });
  if (before !== id) deps.bus.publish("branch.changed", { branchId: before });
  return branch;
}

/** Scenes and assets go with it, files stay. @throws NotFoundError, ConflictError for the main and the active branch */
export async function deleteBranch(deps: StoryDeps, viewer: Viewer, id: string): Promise<void> {
  await changeBranch(deps, viewer, id, ["id"], async (tx, { projectId }) => {
    // Nobody activates it in between.
    await lockStory(tx, projectId);
    const story = await tx.projectStory.findUniqueOrThrow({ where: { projectId } });
    if (story.mainBranchId === id) throw new ConflictError("The main branch stays", "MAIN_BRANCH", ["id"]);
    if (story.activeBranchId === id)
      throw new ConflictError("The branch is the active one; activate another first", "ACTIVE_BRANCH", ["id"]);
    await tx.branch.delete({ where: { id } });
  });
}
