import { v7 as uuidv7 } from "uuid";
import type { NewState } from "#domains/stories/logic/scene-state.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Prisma, SceneAsset } from "#platform/db/generated/client.ts";
import type { SceneAssetField, SceneAssetOrigin } from "#platform/db/generated/enums.ts";

const maxInstances = 200;

/** What happened to a field of an instance. */
export interface StateChange {
  sceneAssetId: string;
  field: SceneAssetField;
  origin: SceneAssetOrigin;
  before: Prisma.InputJsonValue | null;
  after: Prisma.InputJsonValue | null;
}

/**
 * Stores the states that a scene begins with, or more of them.
 * @param numberOf the number that the scene of each source has
 * @throws ValidationError when the scene would have too many
 */
export async function storeStates(
  tx: PrismaTx,
  sceneId: string,
  states: readonly NewState[],
  numberOf: (sourceId: string) => number | null,
): Promise<SceneAsset[]> {
  if ((await tx.sceneAsset.count({ where: { sceneId } })) + states.length > maxInstances)
    throw ValidationError.at(["sceneId"], `a scene has at most ${maxInstances} assets`);
  return tx.sceneAsset.createManyAndReturn({
    data: states.map((state) => ({
      id: uuidv7(),
      sceneId,
      ...state,
      inheritedFromNumber: state.inheritedFromId === null ? null : numberOf(state.inheritedFromId),
    })),
  });
}

/** Writes down who changed what, and why. */
export async function recordChanges(
  tx: PrismaTx,
  changes: readonly StateChange[],
  { userId, reason }: { userId: string | null; reason: string | null },
): Promise<void> {
  if (changes.length === 0) return;
  const createdAt = new Date();
  await tx.sceneAssetChange.createMany({
    data: changes.map(({ before, after, ...change }) => ({
      ...change,
      id: uuidv7(),
      // A value that there was not is no value in the database either.
      ...(before === null ? {} : { before }),
      ...(after === null ? {} : { after }),
      userId,
      reason,
      createdAt,
    })),
  });
}
