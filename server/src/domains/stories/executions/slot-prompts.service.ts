import { z } from "zod";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeBranch, changeScene, type StoryDeps } from "#domains/stories/change-branch.ts";
import type { CollectionOwner } from "#domains/stories/collections/stored-collection.ts";
import { promptName } from "#domains/stories/logic/prompt-collection.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { PrismaTx } from "#platform/db/client.ts";

/** Slots of both workflows of an execution, with room. */
const maxMappings = 200;

const mappings = z
  .array(z.object({ slotId: z.string(), name: promptName.nullable() }))
  .min(1, "map at least one slot")
  .max(maxMappings, `at most ${maxMappings} slots are mapped at once`);

export interface SlotMapping {
  slotId: string;
  /** Of a prompt or composition, which need not be there yet; null takes the mapping away. */
  name: string | null;
}

/**
 * Maps slots of workflows to prompts or compositions, for all scenes of a branch or for one scene. Slots that are not named
 * stay as they are.
 * @throws NotFoundError, ValidationError
 */
export async function setSlotPrompts(
  deps: StoryDeps,
  viewer: Viewer,
  owner: CollectionOwner,
  given: readonly SlotMapping[],
): Promise<void> {
  const wanted = parseInput(mappings, given, ["mappings"]);
  const write = async (tx: PrismaTx): Promise<void> => {
    const slotIds = wanted.map(({ slotId }) => slotId);
    const slots = await tx.promptSlot.findMany({ where: { id: { in: slotIds } }, select: { id: true } });
    const known = new Set(slots.map(({ id }) => id));
    const missing = wanted.findIndex(({ slotId }) => !known.has(slotId));
    if (missing >= 0) throw new NotFoundError("The prompt slot", ["mappings", String(missing), "slotId"]);
    const bySlot = new Map(wanted.map(({ slotId, name }) => [slotId, name]));
    await tx.slotPrompt.deleteMany({ where: { ...owner, slotId: { in: slotIds } } });
    await tx.slotPrompt.createMany({
      data: [...bySlot].flatMap(([slotId, name]) => (name === null ? [] : [{ ...owner, slotId, name }])),
    });
  };
  await ("sceneId" in owner
    ? changeScene(deps, viewer, owner.sceneId, ["sceneId"], write)
    : changeBranch(deps, viewer, owner.branchId, ["branchId"], write));
}
