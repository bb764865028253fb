import { type CollectionDraft, type SavedCollection, fileOf } from "#features/scene-prompts/collection-draft.ts";

/** The prompts that a scene is rendered with: its own before those of its branch, which it has where it lacks a name. */
export function effectiveFile(own: CollectionDraft, fallback: SavedCollection | null): object {
  const names = new Set(own.prompts.map(({ name }) => name.trim()));
  const prompts = [
    ...own.prompts,
    ...(fallback?.prompts ?? [])
      .filter(({ name }) => !names.has(name))
      .map((prompt) => ({ ...prompt, key: "", category: "", description: "" })),
  ].filter(({ name }) => name.trim() !== "");
  return fileOf({ prompts, compositions: [], separator: own.separator });
}

export interface Composed {
  name: string;
  /** Whether it is the branch's. */
  isFallback: boolean;
  text: string;
}

/**
 * The texts of compositions: what is not blank, joined.
 * @param texts of prompts by name, with library references replaced
 */
export function composedTexts(
  own: CollectionDraft,
  fallback: SavedCollection | null,
  texts: ReadonlyMap<string, string>,
): Composed[] {
  const join = (names: readonly string[], separator: string) =>
    names
      .map((name) => texts.get(name) ?? "")
      .filter((text) => text.trim() !== "")
      .join(separator);
  const nameOf = new Map(own.prompts.map(({ key, name }) => [key, name.trim()]));
  const ownNames = new Set([...own.prompts, ...own.compositions].map(({ name }) => name.trim()));
  return [
    ...own.compositions.map(({ name, prompts }) => ({
      name: name.trim(),
      isFallback: false,
      text: join(
        prompts.flatMap((key) => nameOf.get(key) ?? []),
        own.separator,
      ),
    })),
    ...(fallback?.compositions ?? [])
      .filter(({ name }) => !ownNames.has(name))
      .map(({ name, promptNames }) => ({
        name,
        isFallback: true,
        text: join(promptNames, fallback?.separator ?? ""),
      })),
  ];
}
