import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { requireWritableSlots } from "#domains/prompts/writable-slots.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { ScenePromptDefault, SceneType } from "#platform/db/generated/client.ts";
import type { ClipPosition } from "#platform/db/generated/enums.ts";

/** Longest text of a prompt, in characters. */
export const maxPromptLength = 100_000;

interface DefaultKey {
  sceneTypeId: string;
  slotId: string;
  clipPosition: ClipPosition;
}

const defaultText = z.object({
  text: storableText(maxPromptLength).refine(
    (text) => text.trim() !== "",
    "the text is empty; delete the default to return to the workflow's text",
  ),
});

/**
 * Sets the text of a slot for every character of a scene type.
 * @throws ValidationError for an empty text, NotFoundError (scene type, slot), ForbiddenError for a locked slot
 */
export async function setScenePromptDefault(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  { sceneTypeId, slotId, clipPosition, ...input }: DefaultKey & { text: string },
): Promise<ScenePromptDefault> {
  const { text } = parseInput(defaultText, input);
  const key = { sceneTypeId, slotId, clipPosition };
  return db.prisma.$transaction(async (tx) => {
    await requireSceneType(tx, viewer, sceneTypeId);
    await requireWritableSlots(tx, sceneTypeId, [{ slotId, path: ["slotId"] }]);
    return tx.scenePromptDefault.upsert({
      where: { sceneTypeId_slotId_clipPosition: key },
      create: { ...key, text },
      update: { text },
    });
  });
}

const manyDefaults = z.object({
  defaults: z.array(z.object({ text: storableText(maxPromptLength) })).max(1_000),
});

/**
 * Sets many texts of a scene type, all or none; an empty one returns its slot to the next wider text. Statements do not grow
 * with the texts.
 * @throws ValidationError, NotFoundError (scene type, slot), ForbiddenError (code SLOT_LOCKED)
 */
export async function setScenePromptDefaults(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  sceneTypeId: string,
  defaults: readonly { slotId: string; clipPosition: ClipPosition; text: string }[],
): Promise<SceneType> {
  parseInput(manyDefaults, { defaults });
  const seen = new Set<string>();
  for (const [index, { slotId, clipPosition }] of defaults.entries()) {
    const key = `${slotId} ${clipPosition}`;
    if (seen.has(key)) throw ValidationError.at(["defaults", String(index), "slotId"], "slot and clip are named twice");
    seen.add(key);
  }
  return db.prisma.$transaction(async (tx) => {
    const sceneType = await requireSceneType(tx, viewer, sceneTypeId);
    const slots = defaults.map(({ slotId }, index) => ({ slotId, path: ["defaults", String(index), "slotId"] }));
    await requireWritableSlots(tx, sceneTypeId, slots);
    const rows = defaults.map((entry) => ({ ...entry, id: uuidv7(), isEmpty: entry.text.trim() === "" }));
    await tx.$executeRaw`
      WITH given AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS g(id uuid, "slotId" uuid, "clipPosition" "ClipPosition", text text, "isEmpty" boolean)
      ), deleted AS (
        DELETE FROM scene_prompt_default d USING given g
        WHERE d.scene_type_id = ${sceneTypeId}::uuid AND d.slot_id = g."slotId" AND d.clip_position = g."clipPosition" AND g."isEmpty"
      )
      INSERT INTO scene_prompt_default (id, scene_type_id, slot_id, clip_position, text, updated_at)
      SELECT id, ${sceneTypeId}::uuid, "slotId", "clipPosition", text, now() FROM given WHERE NOT "isEmpty"
      ORDER BY "slotId", "clipPosition"
      ON CONFLICT (scene_type_id, slot_id, clip_position) DO UPDATE SET text = EXCLUDED.text, updated_at = EXCLUDED.updated_at`;
    return sceneType;
  });
}

/**
 * Returns a slot to the next wider text; deleting what is not there is no error.
 * @throws NotFoundError (scene type, slot), ForbiddenError for a locked slot
 */
export async function deleteScenePromptDefault(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  { sceneTypeId, slotId, clipPosition }: DefaultKey,
): Promise<SceneType> {
  const sceneType = await requireSceneType(db.prisma, viewer, sceneTypeId);
  await requireWritableSlots(db.prisma, sceneTypeId, [{ slotId, path: ["slotId"] }]);
  await db.prisma.scenePromptDefault.deleteMany({ where: { sceneTypeId, slotId, clipPosition } });
  return sceneType;
}
