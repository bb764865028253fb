import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { substituteTexts, type Substitution } from "#domains/libraries/logic/substitute-libraries.ts";
import type { PromptCollection } from "#domains/stories/logic/prompt-collection.ts";

/**
 * The text of a prompt or composition: library references replaced in each prompt, as one draw, then what is not blank
 * joined with the separator. The scene's own names go before those of its branch, also inside the branch's compositions.
 * @param own the scene's collection, or the only one
 * @param fallback the branch's, for names that the scene lacks
 * @returns null when neither has the name
 */
export function composedText(
  own: PromptCollection,
  fallback: PromptCollection,
  name: string,
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): Substitution | null {
  for (const collection of [own, fallback]) {
    const composition = collection.compositions.find((each) => each.name === name);
    const isThere = composition ?? collection.prompts.some((prompt) => prompt.name === name);
    if (!isThere) continue;
    const texts = new Map([...fallback.prompts, ...own.prompts].map((prompt) => [prompt.name, prompt.value]));
    const parts = (composition?.prompts ?? [name]).map((each) => texts.get(each) ?? "");
    const { texts: replaced, ...found } = substituteTexts(parts, libraries, seed);
    const kept = composition ? replaced.filter((text) => text.trim() !== "") : replaced;
    return { text: kept.join(collection.separator), ...found };
  }
  return null;
}

/** The collection with library references replaced in its prompts, as one draw. */
export function replaceInCollection(
  collection: PromptCollection,
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): Omit<Substitution, "text"> & { collection: PromptCollection } {
  const values = collection.prompts.map(({ value }) => value);
  const { texts, ...found } = substituteTexts(values, libraries, seed);
  const prompts = collection.prompts.map((prompt, index) => ({ ...prompt, value: texts[index] ?? "" }));
  return { collection: { ...collection, prompts }, ...found };
}
