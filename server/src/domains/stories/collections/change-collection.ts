import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeBranch, changeScene, type StoryDeps } from "#domains/stories/change-branch.ts";
import { type CollectionOwner, contentOf } from "#domains/stories/collections/stored-collection.ts";
import { availableNames, type CollectionContent } from "#domains/stories/logic/collection-file.ts";
import { requireRoom } from "#domains/stories/logic/prompt-collection.ts";
import { ConflictError } from "#lib/domain-error.ts";
import { canonicalJson, stringifyJson } from "#lib/json.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Prisma, PromptCollection as StoredCollection } from "#platform/db/generated/client.ts";

/** Which collection is changed, and the version that somebody has seen of it: 0 for one that is not there yet. */
export interface CollectionTarget {
  owner: CollectionOwner;
  expectedVersion?: number | undefined;
}

/**
 * Changes a collection, which is made with the first change. The backup stays as it was first set.
 * @param path where in the input lies what can be too much
 * @throws NotFoundError, ValidationError, ConflictError when somebody else has changed it, or it has the backup of another file
 */
export async function changeCollection(
  deps: StoryDeps,
  viewer: Viewer,
  { owner, expectedVersion }: CollectionTarget,
  path: string[],
  change: (before: CollectionContent) => CollectionContent,
): Promise<StoredCollection> {
  const write = async (tx: PrismaTx): Promise<StoredCollection> => {
    const row = await tx.promptCollection.findUnique({ where: owner });
    const version = row?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== version)
      throw new ConflictError(
        `The collection was changed meanwhile: it has version ${version}, not ${expectedVersion}; read it again and repeat the change`,
        "COLLECTION_CHANGED",
        ["expectedVersion"],
      );
    const before = contentOf(row);
    const { collection, v1Backup } = change(before);
    requireRoom(collection, path);
    const kept = before.v1Backup;
    if (kept && v1Backup && v1Backup !== kept && canonicalJson(v1Backup) !== canonicalJson(kept))
      throw new ConflictError(
        "The collection keeps the backup of another file of version 1, which never changes; import this one into another scene",
        "OTHER_BACKUP",
        path,
      );
    const data = {
      prompts: collection.prompts as unknown as Prisma.InputJsonArray,
      compositions: collection.compositions as unknown as Prisma.InputJsonArray,
      separator: collection.separator,
      availableNames: availableNames({ collection, v1Backup: kept ?? v1Backup }),
      ...(v1Backup && !kept ? { v1Backup: stringifyJson(v1Backup) } : {}),
    };
    return row
      ? tx.promptCollection.update({ where: { id: row.id }, data: { ...data, version: { increment: 1 } } })
      : tx.promptCollection.create({ data: { ...owner, ...data } });
  };
  return "sceneId" in owner
    ? changeScene(deps, viewer, owner.sceneId, ["sceneId"], write)
    : changeBranch(deps, viewer, owner.branchId, ["branchId"], write);
}
