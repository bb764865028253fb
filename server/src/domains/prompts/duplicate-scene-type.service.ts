import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { SceneType } from "#platform/db/generated/client.ts";

export interface DuplicateRequest {
  id: string;
  name: string;
  /** Where the copy belongs; null for the whole studio, undefined for where the original does. */
  projectId?: string | null | undefined;
  /** Also what differs for projects, groups and characters. */
  withOverrides: boolean;
}

const nameInput = z.object({ name: storableText(200).trim().min(1, "a scene type needs a name") });

/**
 * A copy with the same workflow version, settings, texts and pins. Copied overrides count no uses: nobody chose their
 * fragments anew.
 * @throws ValidationError, NotFoundError (scene type, project), ConflictError when the name is taken
 */
export async function duplicateSceneType(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  request: DuplicateRequest,
): Promise<SceneType> {
  const { name } = parseInput(nameInput, request);
  if (request.projectId != null) await requireExistingProject({ db }, viewer, request.projectId);
  return conflictOnUnique(
    () =>
      db.prisma.$transaction(async (tx) => {
        const original = await requireSceneType(tx, viewer, request.id, ["id"]);
        const { id: originalId, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = original;
        const projectId = request.projectId === undefined ? original.projectId : request.projectId;
        const copy = await tx.sceneType.create({ data: { ...fields, name, projectId } });
        const defaults = await tx.scenePromptDefault.findMany({ where: { sceneTypeId: originalId } });
        await tx.scenePromptDefault.createMany({
          data: defaults.map(({ slotId, clipPosition, text }) => ({
            sceneTypeId: copy.id,
            slotId,
            clipPosition,
            text,
          })),
        });
        const pins = await tx.fragmentPin.findMany({ where: { sceneTypeId: originalId } });
        await tx.fragmentPin.createMany({
          data: pins.map(({ fragmentId }) => ({ fragmentId, sceneTypeId: copy.id })),
        });
        // Those of projects that the viewer may not see stay behind.
        const projects = viewer.projectIds === "all" ? null : viewer.projectIds;
        if (request.withOverrides)
          await tx.$executeRaw`
            INSERT INTO prompt_override (id, scope, target_id, project_id, group_id, character_id, scene_type_id, slot_id, text,
              fragments, notes, created_by_id, updated_at)
            SELECT gen_random_uuid(), o.scope, o.target_id, o.project_id, o.group_id, o.character_id, ${copy.id}::uuid, o.slot_id,
              o.text, o.fragments, o.notes, ${viewer.userId}::uuid, now()
            FROM prompt_override o
              LEFT JOIN character_group g ON g.id = o.group_id LEFT JOIN "character" c ON c.id = o.character_id
            WHERE o.scene_type_id = ${originalId}::uuid
              AND (${projects}::uuid[] IS NULL OR coalesce(o.project_id, g.project_id, c.project_id) = ANY (${projects}::uuid[]))`;
        return copy;
      }),
    "A scene type with this name exists already",
    ["name"],
  );
}
