import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { requireWritableSlots } from "#domains/prompts/writable-slots.ts";
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
  const sceneType = await requireSceneType(db.prisma, viewer, sceneTypeId);
  await requireWritableSlots(db.prisma, sceneType.workflowVersionId, [{ slotId, path: ["slotId"] }]);
  const key = { sceneTypeId, slotId, clipPosition };
  return db.prisma.scenePromptDefault.upsert({
    where: { sceneTypeId_slotId_clipPosition: key },
    create: { ...key, text },
    update: { text },
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
  await requireWritableSlots(db.prisma, sceneType.workflowVersionId, [{ slotId, path: ["slotId"] }]);
  await db.prisma.scenePromptDefault.deleteMany({ where: { sceneTypeId, slotId, clipPosition } });
  return sceneType;
}
