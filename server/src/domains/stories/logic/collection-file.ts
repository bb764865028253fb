import { z } from "zod";
import {
  byName,
  type Composition,
  emptyCollection,
  namesOf,
  type Prompt,
  type PromptCollection,
  promptFields,
  promptName,
  requireRoom,
  separatorText,
} from "#domains/stories/logic/prompt-collection.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { isJsonObject, type JsonObject, stringifyJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";

/** As JSON text, in characters. */
const maxBackupLength = 500_000;
/** Levels of lists and objects inside each other; writers of JSON give up somewhere. */
const maxBackupDepth = 100;

/** What a file holds: the collection, and the file of version 1 that it was made of. */
export interface CollectionContent {
  collection: PromptCollection;
  v1Backup: JsonObject | null;
}

export interface ReadFile extends CollectionContent {
  /** What people should know of what became of the file. */
  warnings: string[];
}

/**
 * Reads a file of version 1 (a flat map of name to text) or 2.
 * @param path where the file stands in the input
 * @throws ValidationError that names the place in the file
 */
export function readCollectionFile(file: unknown, path: string[] = ["file"]): ReadFile {
  if (!isJsonObject(file)) throw ValidationError.at(path, "a prompt collection is a JSON object");
  const version = Object.hasOwn(file, "version") ? file["version"] : 1;
  const read = version === 2 ? readVersion2(file, path) : null;
  if (!read && version !== 1)
    throw ValidationError.at(
      [...path, "version"],
      "the version is unknown: 2 is read, and 1, which has no version",
      "UNKNOWN_VERSION",
    );
  const content = read ?? migrateVersion1(file);
  requireRoom(content.collection, path);
  if (isDeeper([content.v1Backup], maxBackupDepth))
    throw ValidationError.at(path, `a file of version 1 has at most ${maxBackupDepth} levels`);
  if (content.v1Backup && stringifyJson(content.v1Backup).length > maxBackupLength)
    throw ValidationError.at(path, `a file of version 1 has at most ${maxBackupLength} characters`);
  return content;
}

/** Goes level by level, for what is deep could not be walked otherwise. */
function isDeeper(values: readonly unknown[], levels: number): boolean {
  const inside = values.flatMap((value) =>
    typeof value === "object" && value !== null ? (Object.values(value) as unknown[]) : [],
  );
  return inside.length > 0 && (levels === 0 || isDeeper(inside, levels - 1));
}

/**
 * Makes a prompt of every text of a file of version 1. What can't be one is told, and kept in the backup as all the rest.
 */
export function migrateVersion1(file: JsonObject): ReadFile {
  const prompts: Prompt[] = [];
  const left: string[] = [];
  for (const [name, value] of Object.entries(file)) {
    if (name === "version" && value === 1) continue;
    const prompt = promptFields.safeParse({ value });
    if (promptName.safeParse(name).success && prompt.success) prompts.push({ name, ...prompt.data });
    else
      left.push(
        typeof value === "string"
          ? `"${shorten(name)}" can't be kept as a prompt, for its name or text is empty, too long or holds what can't be stored; it is in the backup only.`
          : `"${shorten(name)}" is no text; it is in the backup only.`,
      );
  }
  return {
    collection: { ...emptyCollection, prompts },
    v1Backup: file,
    warnings: [
      `The file has version 1: ${prompts.length} prompts were made of it, and the file is kept as their backup.`,
      ...left,
    ],
  };
}

const shorten = (name: string): string => (name.length > 80 ? `${name.slice(0, 80)}…` : name);

const names = z.array(promptName);
const file2 = z.strictObject({
  version: z.literal(2),
  v1_backup: z.custom<JsonObject>(isJsonObject, "the backup is a JSON object, or null").nullable().default(null),
  prompts: z.custom<JsonObject>(isJsonObject, "prompts are a map of name to prompt"),
  order: names.optional(),
  compositions: z.custom<JsonObject>(isJsonObject, "compositions are a map of name to names of prompts").default({}),
  separator: separatorText.default(emptyCollection.separator),
});
const prompt2 = z.strictObject(promptFields.shape);

function readVersion2(file: JsonObject, path: string[]): ReadFile {
  const { v1_backup, prompts: entries, order, compositions: composed, separator } = parseInput(file2, file, path);
  const prompts = Object.entries(entries).map(([name, prompt]) => ({
    name: parseInput(promptName, name, [...path, "prompts", name]),
    ...parseInput(prompt2, prompt, [...path, "prompts", name]),
  }));
  const known = new Map(prompts.map((prompt) => [prompt.name, prompt]));
  const compositions: Composition[] = Object.entries(composed).map(([name, parts]) => {
    const at = [...path, "compositions", name];
    parseInput(promptName, name, at);
    if (known.has(name)) throw ValidationError.at(at, `"${name}" is a prompt already`);
    const promptNames = parseInput(names.min(1, "a composition has at least one prompt"), parts, at);
    const missing = promptNames.findIndex((each) => !known.has(each));
    if (missing >= 0) throw ValidationError.at([...at, String(missing)], "the file has no such prompt");
    return { name, prompts: promptNames };
  });
  return {
    collection: {
      prompts: order ? inOrder(known, order, [...path, "order"]) : prompts,
      compositions: byName(compositions),
      separator,
    },
    v1Backup: v1_backup,
    warnings: [],
  };
}

function inOrder(known: ReadonlyMap<string, Prompt>, order: readonly string[], path: string[]): Prompt[] {
  const prompts = order.flatMap((name) => known.get(name) ?? []);
  if (prompts.length !== order.length || new Set(order).size !== order.length || order.length !== known.size)
    throw ValidationError.at(path, "the order names every prompt of the file once");
  return prompts;
}

/**
 * The collection as a file of version 2. Compositions, separator and order are written only where they say something: the
 * order when a reader of the prompts' map would find another, as JavaScript does for names such as "7".
 */
export function writeCollectionFile({ collection, v1Backup }: CollectionContent): JsonObject {
  const { compositions, separator } = collection;
  const prompts = Object.fromEntries(
    collection.prompts.map(({ name, value, category, description, tags }) => [
      name,
      { value, category, description, tags: [...tags] },
    ]),
  );
  const order = collection.prompts.map(({ name }) => name);
  const isInOrder = Object.keys(prompts).every((name, index) => name === order[index]);
  return {
    version: 2,
    v1_backup: v1Backup,
    prompts,
    ...(isInOrder ? {} : { order }),
    ...(compositions.length === 0
      ? {}
      : { compositions: Object.fromEntries(compositions.map((each) => [each.name, [...each.prompts]])) }),
    ...(separator === emptyCollection.separator ? {} : { separator }),
  };
}

/** Names that a scene with this collection knows: those in it and the keys of its backup, sorted. */
export function availableNames({ collection, v1Backup }: CollectionContent): string[] {
  // Keys that can't be names can't be asked for either.
  const backedUp = Object.entries(v1Backup ?? {}).flatMap(([key, value]) =>
    promptName.safeParse(key).success && !(key === "version" && value === 1) ? [key] : [],
  );
  return [...new Set([...namesOf(collection), ...backedUp])].toSorted();
}
