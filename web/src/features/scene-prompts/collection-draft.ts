/** A collection as the server has it. */
export interface SavedCollection {
  prompts: readonly {
    name: string;
    value: string;
    category?: string | null;
    description?: string | null;
    tags: readonly string[];
  }[];
  compositions: readonly { name: string; promptNames: readonly string[] }[];
  separator: string;
}

export interface DraftPrompt {
  /** Stays while the name is changed: the name that is saved, or one of its own for what is new. */
  key: string;
  name: string;
  value: string;
  category: string;
  description: string;
  tags: readonly string[];
}

export interface DraftComposition {
  key: string;
  name: string;
  /** Keys of prompts, so that a new name of theirs needs no change here. */
  prompts: readonly string[];
}

/** A collection while somebody writes it. */
export interface CollectionDraft {
  prompts: readonly DraftPrompt[];
  compositions: readonly DraftComposition[];
  separator: string;
}

const usualSeparator = ", ";
const maxName = 200;

export function draftOf(saved: SavedCollection | null): CollectionDraft {
  if (!saved) return { prompts: [], compositions: [], separator: usualSeparator };
  return {
    prompts: saved.prompts.map(({ name, value, category, description, tags }) => ({
      key: name,
      name,
      value,
      category: category ?? "",
      description: description ?? "",
      tags,
    })),
    compositions: saved.compositions.map(({ name, promptNames }) => ({ key: name, name, prompts: promptNames })),
    separator: saved.separator,
  };
}

/** The draft as a file of version 2. */
export function fileOf({ prompts, compositions, separator }: CollectionDraft): object {
  const nameOf = new Map(prompts.map(({ key, name }) => [key, name.trim()]));
  return {
    version: 2,
    v1_backup: null,
    prompts: Object.fromEntries(
      prompts.map(({ name, value, category, description, tags }) => [
        name.trim(),
        { value, category: category.trim() || null, description: description.trim() || null, tags },
      ]),
    ),
    order: prompts.map(({ name }) => name.trim()),
    compositions: Object.fromEntries(
      compositions.map((each) => [each.name.trim(), each.prompts.flatMap((key) => nameOf.get(key) ?? [])]),
    ),
    separator,
  };
}

/** What differs from the saved draft, by the keys of prompts and compositions; `order` and `separator` stand for those. */
export function changesOf(saved: CollectionDraft, draft: CollectionDraft): ReadonlySet<string> {
  const changed = [
    ...differing(saved.prompts, draft.prompts).map((key) => `prompt ${key}`),
    ...differing(saved.compositions, draft.compositions).map((key) => `composition ${key}`),
  ];
  const known = new Set(saved.prompts.map(({ key }) => key));
  const left = new Set(draft.prompts.map(({ key }) => key));
  const before = saved.prompts.filter(({ key }) => left.has(key)).map(({ key }) => key);
  const after = draft.prompts.filter(({ key }) => known.has(key)).map(({ key }) => key);
  if (!isAlike(before, after)) changed.push("order");
  if (saved.separator !== draft.separator) changed.push("separator");
  return new Set(changed);
}

function differing<Row extends { key: string }>(saved: readonly Row[], draft: readonly Row[]): string[] {
  const before = new Map(saved.map((row) => [row.key, row]));
  const after = new Map(draft.map((row) => [row.key, row]));
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => !isAlike(before.get(key), after.get(key)));
}

/** For what a draft is made of, which has no values but texts and lists of them. */
export function isAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What can't be saved, by key. Names are unique over prompts and compositions, for both are asked for by name. */
export function problemsOf({ prompts, compositions }: CollectionDraft): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  const seen = new Set<string>();
  for (const { key, name: written } of [...prompts, ...compositions]) {
    const name = written.trim();
    if (name === "") problems.set(key, "It needs a name.");
    else if (name.length > maxName) problems.set(key, `A name has at most ${maxName} characters.`);
    else if (seen.has(name)) problems.set(key, `“${name}” is there already, as a prompt or composition.`);
    seen.add(name);
  }
  for (const { key, prompts: parts } of compositions)
    if (parts.length === 0 && !problems.has(key)) problems.set(key, "Add a prompt, or remove the composition.");
  return problems;
}

/** Without the prompt, also where compositions have it. */
export function withoutPrompt(draft: CollectionDraft, key: string): CollectionDraft {
  return {
    ...draft,
    prompts: draft.prompts.filter((prompt) => prompt.key !== key),
    compositions: draft.compositions
      .map((each) =>
        each.prompts.includes(key) ? { ...each, prompts: each.prompts.filter((part) => part !== key) } : each,
      )
      // What had other prompts besides stays; what is empty by that alone says nothing any more.
      .filter((each, index) => each.prompts.length > 0 || draft.compositions[index]?.prompts.length === 0),
  };
}

/** Names of the compositions that are made of the prompt. */
export function compositionsWith({ compositions }: CollectionDraft, key: string): string[] {
  return compositions.filter(({ prompts }) => prompts.includes(key)).map(({ name }) => name);
}
