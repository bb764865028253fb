/** What a prompt may name. */
export interface PromptVocabulary {
  /** Keys for `{key}`; null when they are not known, and then every one passes. */
  placeholders: readonly { key: string; detail?: string }[] | null;
  /** Keys for `%key%`, and for `%library:key%` by its library, between what that has as its delimiter. */
  libraryKeys: readonly { key: string; library: string; delimiter: string }[] | null;
  /** It is a template, which knows `{dotted.names}` and nothing else. */
  isTemplate?: boolean;
}

/** What stands around references, as long as no library says otherwise. */
const usualDelimiter = "%";

/** Every delimiter that a reference may have; longer ones first, since a short one may be the beginning of a longer. */
export function delimitersOf(libraryKeys: PromptVocabulary["libraryKeys"]): string[] {
  const delimiters = [...new Set(libraryKeys?.map(({ delimiter }) => delimiter))];
  return delimiters.length > 0 ? delimiters.toSorted((a, b) => b.length - a.length) : [usualDelimiter];
}

export interface PromptCompletion {
  label: string;
  detail: string;
  /** The whole text from the sign that opened it. */
  insert: string;
  /** The signs at its end. */
  closing: string;
}

/** What may be completed in front of the cursor: after `{` placeholders, after a delimiter library keys. */
export function completionsAt(
  before: string,
  { placeholders, libraryKeys }: PromptVocabulary,
): { from: number; options: PromptCompletion[] } | null {
  const key = /\{([\w.]*)$/.exec(before);
  if (key && placeholders) {
    return {
      from: key.index,
      options: placeholders.map(({ key: name, detail = "" }) => ({
        label: `{${name}}`,
        detail,
        insert: `{${name}}`,
        closing: "}",
      })),
    };
  }
  const written = /[\w-]*(?::[\w-]*)?$/.exec(before)?.[0] ?? "";
  const behind = before.length - written.length;
  const delimiter = delimitersOf(libraryKeys).find((each) => before.slice(0, behind).endsWith(each));
  if (delimiter === undefined || !libraryKeys) return null;
  const from = behind - delimiter.length;
  // An even number of delimiters before this one: it opens a reference. After an odd number it closes one.
  if (before.slice(0, from).split(delimiter).length % 2 === 0) return null;
  const alike = libraryKeys.filter((each) => each.delimiter === delimiter);
  const isQualified = written.includes(":");
  const quoted = (name: string) => `${delimiter}${name}${delimiter}`;
  const named = alike.map(({ key: name, library }) => ({
    label: quoted(isQualified ? `${library}:${name}` : name),
    detail: library,
  }));
  const any = isQualified
    ? [...new Set(alike.map(({ library }) => library))].map((library) => ({
        label: quoted(`${library}:*`),
        detail: "one of them, by the seed",
      }))
    : [];
  return { from, options: [...named, ...any].map((each) => ({ ...each, insert: each.label, closing: delimiter })) };
}

/** Whether a library reference names something that is there. */
export function isKnownReference(
  name: string,
  delimiter: string,
  libraryKeys: PromptVocabulary["libraryKeys"],
): boolean {
  if (!libraryKeys) return true;
  const alike = libraryKeys.filter((each) => each.delimiter === delimiter);
  const plain = (text: string) => text.toLowerCase().replaceAll(/[ -]/g, "_");
  const [first = "", second] = name.split(":");
  if (second === undefined) return alike.some(({ key }) => key === plain(first));
  return alike.some(({ key, library }) => plain(library) === plain(first) && (second === "*" || key === plain(second)));
}
