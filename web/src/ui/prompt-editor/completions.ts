/** What a prompt may name. */
export interface PromptVocabulary {
  /** Keys for `{key}`; null when they are not known, and then every one passes. */
  placeholders: readonly { key: string; detail?: string }[] | null;
  /** Keys for `%key%`, and for `%library:key%` by its library. */
  libraryKeys: readonly { key: string; library: string }[] | null;
}

export interface PromptCompletion {
  label: string;
  detail: string;
  /** The whole text from the sign that opened it. */
  insert: string;
}

/** What may be completed in front of the cursor: after `{` placeholders, after `%` library keys. */
export function completionsAt(
  before: string,
  { placeholders, libraryKeys }: PromptVocabulary,
): { from: number; options: PromptCompletion[] } | null {
  const key = /\{(\w*)$/.exec(before);
  if (key && placeholders) {
    return {
      from: key.index,
      options: placeholders.map(({ key: name, detail = "" }) => ({ label: `{${name}}`, detail, insert: `{${name}}` })),
    };
  }
  const reference = /%([\w-]*(?::[\w-]*)?)$/.exec(before);
  // An even number of signs before this one: it opens a reference. After an odd number it closes one.
  if (!reference || !libraryKeys || (before.slice(0, reference.index).match(/%/g) ?? []).length % 2 === 1) return null;
  const isQualified = reference[1]?.includes(":") ?? false;
  const named = libraryKeys.map(({ key: name, library }) => ({
    label: isQualified ? `%${library}:${name}%` : `%${name}%`,
    detail: library,
  }));
  const any = isQualified
    ? [...new Set(libraryKeys.map(({ library }) => library))].map((library) => ({
        label: `%${library}:*%`,
        detail: "one of them, by the seed",
      }))
    : [];
  return { from: reference.index, options: [...named, ...any].map((each) => ({ ...each, insert: each.label })) };
}

/** Whether a library reference names something that is there. */
export function isKnownReference(name: string, libraryKeys: PromptVocabulary["libraryKeys"]): boolean {
  if (!libraryKeys) return true;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[ -]/g, "_");
  const [first = "", second] = name.split(":");
  if (second === undefined) return libraryKeys.some(({ key }) => key === plain(first));
  return libraryKeys.some(
    ({ key, library }) => plain(library) === plain(first) && (second === "*" || key === plain(second)),
  );
}
