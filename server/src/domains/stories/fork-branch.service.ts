import { v7 as uuidv7 } from "uuid";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { branchNameTaken, readBranchName, requireRoomForBranch } from "#domains/stories/branches.service.ts";
import { changeBranch, type StoryDeps } from "#domains/stories/change-branch.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import { type Branch, Prisma } from "#platform/db/generated/client.ts";

/** An id of its own that begins as the original's: ids tell in which order things were added. */
const copiedId = Prisma.sql`(left(old.id::text, 26) || right(gen_random_uuid()::text, 10))::uuid`;

/**
 * Copies a branch with its scenes, its assets and their states, with the record of their changes. The copies follow from
 * each other as the originals do. Nothing is active or different before somebody says so.
 * @throws NotFoundError, ValidationError, ConflictError when the name is taken
 */
export async function forkBranch(
  deps: StoryDeps,
  viewer: Viewer,
  input: { branchId: string; name: string },
): Promise<Branch> {
  const name = readBranchName(input.name);
  return conflictOnUnique(
    () =>
      changeBranch(deps, viewer, input.branchId, ["branchId"], async (tx, { id, projectId }) => {
        await requireRoomForBranch(tx, projectId);
        const fork = await tx.branch.create({ data: { id: uuidv7(), projectId, name, forkedFromId: id } });
        await copyAssets(tx, id, fork.id);
        await copyScenes(tx, id, fork.id);
        await copyStates(tx, fork.id);
        await copyPictures(tx, fork.id);
        await copyCollections(tx, id, fork.id);
        await copySlotPrompts(tx, id, fork.id);
        return fork;
      }),
    branchNameTaken,
    ["name"],
  );
}

async function copyAssets(tx: PrismaTx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO project_asset (id, branch_id, type, name, description, image_id, is_locked, is_deferred, library_asset_id,
      forked_from_id, created_at, updated_at)
    SELECT gen_random_uuid(), ${to}::uuid, type, name, description, image_id, is_locked, is_deferred, library_asset_id,
      id, created_at, updated_at
    FROM project_asset WHERE branch_id = ${from}::uuid`;
}

async function copyScenes(tx: PrismaTx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO scene (id, branch_id, number, title, script_excerpt, shots, end_state_summary, end_frame_id, status,
      pose_name, mask_type, depth_type, width, height, loras, forked_from_id, created_at, updated_at)
    SELECT gen_random_uuid(), ${to}::uuid, number, title, script_excerpt, shots, end_state_summary, end_frame_id, status,
      pose_name, mask_type, depth_type, width, height, loras, id, created_at, updated_at
    FROM scene WHERE branch_id = ${from}::uuid`;
}

/** Each copy knows its original, by which states find their scene, their asset, and where they came from. */
async function copyStates(tx: PrismaTx, to: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO scene_asset (id, scene_id, project_asset_id, description_override, image_id, status_tags, carry_forward,
      is_locked, inherited_from_id, inherited_from_number, forked_from_id, created_at, updated_at)
    SELECT ${copiedId}, scene.id, asset.id, old.description_override, old.image_id, old.status_tags, old.carry_forward,
      old.is_locked, old.inherited_from_id, old.inherited_from_number, old.id, old.created_at, old.updated_at
    FROM scene
    JOIN scene_asset old ON old.scene_id = scene.forked_from_id
    JOIN project_asset asset ON asset.branch_id = scene.branch_id AND asset.forked_from_id = old.project_asset_id
    WHERE scene.branch_id = ${to}::uuid`;
  await tx.$executeRaw`
    UPDATE scene_asset child SET inherited_from_id = source.id
    FROM scene_asset source, scene of_child, scene of_source
    WHERE of_child.id = child.scene_id AND of_source.id = source.scene_id
      AND of_child.branch_id = ${to}::uuid AND of_source.branch_id = ${to}::uuid
      AND source.forked_from_id = child.inherited_from_id`;
  await tx.$executeRaw`
    INSERT INTO scene_asset_change (id, scene_asset_id, field, origin, before, after, reason, user_id, created_at)
    SELECT ${copiedId}, new.id, old.field, old.origin, old.before, old.after, old.reason, old.user_id, old.created_at
    FROM scene
    JOIN scene_asset new ON new.scene_id = scene.id
    JOIN scene_asset_change old ON old.scene_asset_id = new.forked_from_id
    WHERE scene.branch_id = ${to}::uuid`;
}

/** Pictures that are there, with the job that made them; those under way stay the original's. */
async function copyPictures(tx: PrismaTx, to: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO scene_asset_picture (id, scene_asset_id, scene_id, round_id, status, prompt, negative, width, height,
      workflow_version_id, created_by_id, choices_before, job_id, image_id, created_at, updated_at)
    SELECT ${copiedId}, new.id, scene.id, old.round_id, old.status, old.prompt, old.negative, old.width, old.height,
      old.workflow_version_id, old.created_by_id, old.choices_before, old.job_id, old.image_id, old.created_at, old.updated_at
    FROM scene
    JOIN scene_asset new ON new.scene_id = scene.id
    JOIN scene_asset_picture old ON old.scene_asset_id = new.forked_from_id AND old.status = 'DONE'
    WHERE scene.branch_id = ${to}::uuid`;
}

/** The branch's own collection and those of its scenes, each with its backup. */
async function copyCollections(tx: PrismaTx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO prompt_collection (id, scene_id, branch_id, prompts, compositions, separator, available_names, v1_backup,
      version, created_at, updated_at)
    SELECT gen_random_uuid(), scene.id, CASE WHEN old.branch_id IS NOT NULL THEN ${to}::uuid END, old.prompts,
      old.compositions, old.separator, old.available_names, old.v1_backup, old.version, old.created_at, old.updated_at
    FROM prompt_collection old
    LEFT JOIN scene ON scene.branch_id = ${to}::uuid AND scene.forked_from_id = old.scene_id
    WHERE old.branch_id = ${from}::uuid OR scene.id IS NOT NULL`;
}

/** What slots of workflows take, in the branch and in its scenes. */
async function copySlotPrompts(tx: PrismaTx, from: string, to: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO slot_prompt (id, scene_id, branch_id, slot_id, name)
    SELECT gen_random_uuid(), scene.id, CASE WHEN old.branch_id IS NOT NULL THEN ${to}::uuid END, old.slot_id, old.name
    FROM slot_prompt old
    LEFT JOIN scene ON scene.branch_id = ${to}::uuid AND scene.forked_from_id = old.scene_id
    WHERE old.branch_id = ${from}::uuid OR scene.id IS NOT NULL`;
}
