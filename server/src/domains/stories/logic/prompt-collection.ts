import { z } from "zod";
import { ConflictError, type FieldIssue, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { isPlainKey, reservedKeyMessage } from "#lib/plain-key.ts";
import { storableText } from "#lib/storable-text.ts";

const maxPrompts = 1_000;
const maxCompositions = 200;
/** All texts of a collection together, in characters. */
const maxTotalLength = 500_000;

export const promptName = storableText(200)
  .refine((name) => name.trim() !== "", "a prompt needs a name")
  .refine(isPlainKey, reservedKeyMessage);
export const separatorText = storableText(100);

export const promptFields = z.object({
  value: storableText(50_000),
  category: storableText(200).nullable().default(null),
  description: storableText(5_000).nullable().default(null),
  tags: z.array(storableText(100)).max(50, "a prompt has at most 50 tags").default([]),
});

export type Prompt = z.output<typeof promptFields> & { name: string };

/** The names of prompts whose texts are joined, in this order; one may come several times. */
export interface Composition {
  name: string;
  prompts: string[];
}

/** Names are unique over prompts and compositions, for both are looked up by name. */
export interface PromptCollection {
  /** In their order. */
  prompts: readonly Prompt[];
  /** By name. */
  compositions: readonly Composition[];
  /** What stands between the texts of a composition. */
  separator: string;
}

export const emptyCollection: PromptCollection = { prompts: [], compositions: [], separator: ", " };

/** Names of prompts and compositions, sorted. */
export function namesOf({ prompts, compositions }: Pick<PromptCollection, "prompts" | "compositions">): string[] {
  return [...prompts, ...compositions].map(({ name }) => name).toSorted();
}

/** Adds a prompt, at the end. @throws ConflictError when the name is taken */
export function addPrompt(collection: PromptCollection, prompt: Prompt): PromptCollection {
  requireFree(collection, prompt.name, "name");
  return { ...collection, prompts: [...collection.prompts, prompt] };
}

/** Changes what is given of a prompt. @throws NotFoundError */
export function updatePrompt(
  collection: PromptCollection,
  name: string,
  fields: Partial<Omit<Prompt, "name">>,
): PromptCollection {
  requirePrompt(collection, name, ["name"]);
  return {
    ...collection,
    prompts: collection.prompts.map((prompt) => (prompt.name === name ? { ...prompt, ...fields } : prompt)),
  };
}

/**
 * Gives a prompt or composition another name; compositions of the prompt follow. Its place stays.
 * @throws NotFoundError, ConflictError when the name is taken
 */
export function renamePrompt(collection: PromptCollection, name: string, to: string): PromptCollection {
  if (!namesOf(collection).includes(name)) throw new NotFoundError("The prompt or composition", ["name"]);
  if (name === to) return collection;
  requireFree(collection, to, "to");
  const isPrompt = collection.prompts.some((prompt) => prompt.name === name);
  const renamed = (each: string): string => (each === name ? to : each);
  return {
    ...collection,
    prompts: collection.prompts.map((prompt) => ({ ...prompt, name: renamed(prompt.name) })),
    compositions: byName(
      collection.compositions.map((each) =>
        isPrompt ? { ...each, prompts: each.prompts.map(renamed) } : { ...each, name: renamed(each.name) },
      ),
    ),
  };
}

/**
 * Takes a prompt or composition away. A prompt that compositions need stays unless it is to go from them as well; those
 * that have nothing left go with it.
 * @throws NotFoundError, ConflictError that names the compositions
 */
export function removePrompt(collection: PromptCollection, name: string, fromCompositions: boolean): PromptCollection {
  if (!namesOf(collection).includes(name)) throw new NotFoundError("The prompt or composition", ["name"]);
  const users = collection.compositions.filter(({ prompts }) => prompts.includes(name));
  if (users.length > 0 && !fromCompositions)
    throw new ConflictError(
      `"${name}" is part of ${users.map((each) => `"${each.name}"`).join(", ")}; take it out there, or remove it with fromCompositions`,
      "PROMPT_COMPOSED",
      ["name"],
    );
  return {
    ...collection,
    prompts: collection.prompts.filter((prompt) => prompt.name !== name),
    compositions: collection.compositions
      .filter((each) => each.name !== name)
      .map((each) => ({ ...each, prompts: each.prompts.filter((part) => part !== name) }))
      .filter(({ prompts }) => prompts.length > 0),
  };
}

/** Puts the prompts into this order. @throws NotFoundError, ConflictError unless each is named once */
export function reorderPrompts(collection: PromptCollection, names: readonly string[]): PromptCollection {
  const known = new Map(collection.prompts.map((prompt) => [prompt.name, prompt]));
  const prompts = names.map((name, index) => {
    const prompt = known.get(name);
    if (!prompt) throw new NotFoundError(`The prompt "${name.slice(0, 80)}"`, ["names", String(index)]);
    return prompt;
  });
  if (prompts.length !== known.size || new Set(names).size !== known.size)
    throw new ConflictError("Name all prompts that the collection has by now, each once", "PROMPTS_CHANGED", ["names"]);
  return { ...collection, prompts };
}

/**
 * Makes or replaces a composition of these prompts; none at all takes it away.
 * @throws NotFoundError (a prompt by its position), ConflictError when a prompt has the name
 */
export function composePrompts(
  collection: PromptCollection,
  name: string,
  promptNames: readonly string[],
): PromptCollection {
  const others = collection.compositions.filter((each) => each.name !== name);
  requireFree({ ...collection, compositions: others }, name, "name");
  for (const [index, each] of promptNames.entries()) requirePrompt(collection, each, ["promptNames", String(index)]);
  if (promptNames.length === 0) return { ...collection, compositions: others };
  return { ...collection, compositions: byName([...others, { name, prompts: [...promptNames] }]) };
}

/** Compositions have no order of their own. */
export function byName(compositions: readonly Composition[]): Composition[] {
  return compositions.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** @throws ValidationError when there is more than a collection may hold */
export function requireRoom(collection: PromptCollection, path: string[]): void {
  const { prompts, compositions } = collection;
  const issues: FieldIssue[] = [];
  const refuse = (message: string) => issues.push({ path, message });
  if (prompts.length > maxPrompts) refuse(`a collection has at most ${maxPrompts} prompts`);
  if (compositions.length > maxCompositions) refuse(`a collection has at most ${maxCompositions} compositions`);
  const long = compositions.find((each) => each.prompts.length > maxPrompts);
  if (long) refuse(`"${long.name}" is made of more than ${maxPrompts} prompts`);
  const length = prompts.reduce((sum, each) => sum + lengthOf(each), 0);
  if (length > maxTotalLength) refuse(`a collection has at most ${maxTotalLength} characters in all`);
  if (issues.length > 0) throw new ValidationError(issues);
}

function lengthOf({ name, value, category, description, tags }: Prompt): number {
  return [name, value, category ?? "", description ?? "", ...tags].reduce((sum, text) => sum + text.length, 0);
}

function requireFree(collection: PromptCollection, name: string, field: string): void {
  if (!namesOf(collection).includes(name)) return;
  throw new ConflictError(`"${name}" is there already, as a prompt or composition`, "NAME_TAKEN", [field]);
}

function requirePrompt(collection: PromptCollection, name: string, path: string[]): void {
  if (!collection.prompts.some((prompt) => prompt.name === name))
    throw new NotFoundError(`The prompt "${name.slice(0, 80)}"`, path);
}
