import type { Viewer } from "#domains/accounts/viewer.ts";
import { visibleOfBranch, visibleOfProject } from "#domains/stories/visible-stories.ts";
import type { CollectionContent } from "#domains/stories/logic/collection-file.ts";
import {
  type Composition,
  emptyCollection,
  type Prompt,
  type PromptCollection,
} from "#domains/stories/logic/prompt-collection.ts";
import { type JsonObject, parseJson } from "#lib/json.ts";
import type { PromptCollection as StoredCollection } from "#platform/db/generated/client.ts";

/** Whose collection is meant. */
export type CollectionOwner = { sceneId: string } | { branchId: string };

/** Prisma filter for collections of scenes and branches that somebody may see. */
export function visibleCollections(viewer: Viewer | null) {
  return { OR: [{ scene: visibleOfBranch(viewer) }, { branch: visibleOfProject(viewer) }] };
}

/** A collection as it was checked when it was stored, without its backup. */
export function collectionOf(row: StoredCollection): PromptCollection {
  return {
    prompts: row.prompts as unknown as Prompt[],
    compositions: row.compositions as unknown as Composition[],
    separator: row.separator,
  };
}

export function backupOf({ v1Backup }: StoredCollection): JsonObject | null {
  return v1Backup === null ? null : (parseJson(v1Backup) as JsonObject);
}

/** Both; an empty collection where there is none yet. */
export function contentOf(row: StoredCollection | null | undefined): CollectionContent {
  if (!row) return { collection: emptyCollection, v1Backup: null };
  return { collection: collectionOf(row), v1Backup: backupOf(row) };
}
