import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { loadLibraries } from "#domains/libraries/libraries.service.ts";
import type { Substitution } from "#domains/libraries/logic/substitute-libraries.ts";
import { loadProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import type { StoryDeps } from "#domains/stories/change-branch.ts";
import { changeCollection, type CollectionTarget } from "#domains/stories/collections/change-collection.ts";
import { contentOf } from "#domains/stories/collections/stored-collection.ts";
import { requireScene } from "#domains/stories/continuity/find-scene.ts";
import { given } from "#lib/given.ts";
import { migrateVersion1, readCollectionFile, writeCollectionFile } from "#domains/stories/logic/collection-file.ts";
import { composedText, replaceInCollection } from "#domains/stories/logic/composed-text.ts";
import * as edits from "#domains/stories/logic/prompt-collection.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { JsonObject } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { PromptCollection as StoredCollection } from "#platform/db/generated/client.ts";

export interface PromptInput {
  name: string;
  value?: string | undefined;
  category?: string | null | undefined;
  description?: string | null | undefined;
  tags?: readonly string[] | undefined;
}

const readName = (name: string, field: string): string => parseInput(edits.promptName, name, [field]);

/** @throws NotFoundError, ValidationError, ConflictError when the name is taken or the collection was changed */
export async function addPrompt(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
  { name: written, ...input }: PromptInput,
): Promise<StoredCollection> {
  const name = readName(written.trim(), "name");
  const fields = parseInput(edits.promptFields, input);
  return edit(deps, viewer, target, ["value"], (before) => edits.addPrompt(before, { name, ...fields }));
}

/** Fields left out stay. @throws NotFoundError, ValidationError, ConflictError when the collection was changed */
export async function updatePrompt(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
  { name, ...input }: PromptInput,
): Promise<StoredCollection> {
  const { value, category, description, tags } = edits.promptFields.shape;
  const fields = parseInput(
    edits.promptFields.extend({
      value: value.optional(),
      category: category.unwrap().optional(),
      description: description.unwrap().optional(),
      tags: tags.unwrap().optional(),
    }),
    input,
  );
  return edit(deps, viewer, target, ["value"], (before) => edits.updatePrompt(before, name, given(fields)));
}

/** Compositions follow. @throws NotFoundError, ValidationError, ConflictError when the name is taken or the collection was changed */
export async function renamePrompt(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
  { name, to: written }: { name: string; to: string },
): Promise<StoredCollection> {
  const to = readName(written.trim(), "to");
  return edit(deps, viewer, target, ["to"], (before) => edits.renamePrompt(before, name, to));
}

/** @throws NotFoundError, ConflictError when compositions need the prompt or the collection was changed */
export async function removePrompt(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
  { name, fromCompositions }: { name: string; fromCompositions: boolean },
): Promise<StoredCollection> {
  return edit(deps, viewer, target, ["name"], (before) => edits.removePrompt(before, name, fromCompositions));
}

/** @throws NotFoundError, ConflictError unless each prompt is named once, or when the collection was changed */
export async function reorderPrompts(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
  names: readonly string[],
): Promise<StoredCollection> {
  return edit(deps, viewer, target, ["names"], (before) => edits.reorderPrompts(before, names));
}

/** @throws NotFoundError, ValidationError, ConflictError when a prompt has the name or the collection was changed */
export async function composePrompts(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
  input: { name: string; promptNames: readonly string[]; separator?: string | undefined },
): Promise<StoredCollection> {
  const name = readName(input.name.trim(), "name");
  const separator = parseInput(edits.separatorText.optional(), input.separator, ["separator"]);
  return edit(deps, viewer, target, ["promptNames"], (before) => ({
    ...edits.composePrompts(before, name, input.promptNames),
    ...given({ separator }),
  }));
}

/**
 * Puts what a file holds in place of prompts and compositions. A file of version 1 becomes the collection's backup.
 * @throws NotFoundError, ValidationError, ConflictError when there is another backup or the collection was changed
 */
export async function importPromptCollection(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
  file: unknown,
): Promise<{ collection: StoredCollection; warnings: string[] }> {
  const { warnings, ...content } = readCollectionFile(file);
  return { collection: await changeCollection(deps, viewer, target, ["file"], () => content), warnings };
}

/**
 * Puts the collection back as its file of version 1 had it: its texts as prompts, no compositions.
 * @throws NotFoundError, ConflictError without a backup or when the collection was changed
 */
export async function rollbackToV1(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
): Promise<StoredCollection> {
  const path = ["sceneId" in target.owner ? "sceneId" : "branchId"];
  return changeCollection(deps, viewer, target, path, ({ v1Backup }) => {
    if (!v1Backup) throw new ConflictError("The collection has no backup of version 1", "NO_BACKUP", path);
    return migrateVersion1(v1Backup);
  });
}

function edit(
  deps: StoryDeps,
  viewer: Viewer,
  target: CollectionTarget,
  path: string[],
  change: (before: edits.PromptCollection) => edits.PromptCollection,
): Promise<StoredCollection> {
  return changeCollection(deps, viewer, target, path, (before) => ({
    ...before,
    collection: change(before.collection),
  }));
}

/** What a scene and its branch have. */
async function collectionsOf({ db }: Pick<Deps, "db">, sceneId: string, branchId: string) {
  const rows = await db.prisma.promptCollection.findMany({ where: { OR: [{ sceneId }, { branchId }] } });
  return {
    own: contentOf(rows.find((row) => row.sceneId === sceneId)),
    fallback: contentOf(rows.find((row) => row.branchId === branchId)),
  };
}

/**
 * The text of a prompt or composition as a scene has it, or else its branch, with library references replaced.
 * @param libraryIds the project's unless given
 * @throws NotFoundError (scene, library, name with the names that there are)
 */
export async function promptText(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: { sceneId: string; name: string; libraryIds: readonly string[] | undefined; seed: bigint | null },
): Promise<Substitution> {
  const { branch } = await requireScene(deps, viewer, input.sceneId);
  const { own, fallback } = await collectionsOf(deps, input.sceneId, branch.id);
  const libraries = input.libraryIds
    ? await loadLibraries(deps, viewer, input.libraryIds)
    : await loadProjectLibraries(deps, branch.projectId);
  const text = composedText(own.collection, fallback.collection, input.name, libraries, input.seed);
  if (text) return text;
  const known = [...new Set([...edits.namesOf(own.collection), ...edits.namesOf(fallback.collection)])].toSorted();
  throw new NotFoundError(
    `The prompt "${input.name.slice(0, 80)}", among ${known.slice(0, 20).join(", ") || "none"},`,
    ["name"],
  );
}

/**
 * A scene's collection, or a file of one, with library references replaced; nothing is stored.
 * @throws NotFoundError (scene, library by its position), ValidationError unless exactly one of both is given
 */
export async function applyLibrariesToCollection(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: { sceneId: string | undefined; file: unknown; libraryIds: readonly string[]; seed: bigint | null },
): Promise<Omit<Substitution, "text"> & { file: JsonObject }> {
  const content = await contentToReplace(deps, viewer, input);
  const libraries = await loadLibraries(deps, viewer, input.libraryIds);
  const { collection, ...found } = replaceInCollection(content.collection, libraries, input.seed);
  return { file: writeCollectionFile({ collection, v1Backup: content.v1Backup }), ...found };
}

async function contentToReplace(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  { sceneId, file }: { sceneId: string | undefined; file: unknown },
) {
  const hasFile = file !== undefined && file !== null;
  if ((sceneId !== undefined) === hasFile)
    throw ValidationError.at(["sceneId"], "give a scene or the file of a collection, one of both");
  if (sceneId === undefined) return readCollectionFile(file, ["collection"]);
  await requireScene(deps, viewer, sceneId);
  return contentOf(await deps.db.prisma.promptCollection.findUnique({ where: { sceneId } }));
}
