import { seededPicker } from "#domains/prompts/logic/seeded-picker.ts";

/** A library as substitution reads it. Keys are normalised when they are written. */
export type SubstitutionLibrary = {
  name: string;
  delimiter: string;
  /** How many levels of references inside its texts are followed. */
  maxDepth: number;
  entries: Readonly<Record<string, string>>;
};

export type Substitution = {
  text: string;
  /** Normalised keys, `library:key` where the reference named one; each once, in order of appearance. */
  replaced: string[];
  unknown: string[];
  /** A reference was left because its library's depth, or the size limit, was reached. */
  depthExceeded: boolean;
};

/** A few entries that each double the next would fill the memory long before they reach their depth. */
const maxInserted = 2_000_000;

/** Lower case, spaces and hyphens as underscores; null when something else than `[a-z0-9_]` is left. */
export function normaliseKey(key: string): string | null {
  const normalised = key.toLowerCase().replace(/[ -]/g, "_");
  return /^[a-z0-9_]+$/.test(normalised) ? normalised : null;
}

/**
 * Replaces `%key%`, `%library:key%` and `%library:*%` (one entry, by the seed) with the libraries' texts, and the
 * references in those. Bare keys are looked up in the order of the libraries, each library with its own delimiter.
 * Each text is scanned on its own, once for each level at which it occurs: what is inserted is plain text but for its
 * own references, and pieces never join into new ones.
 */
export function substituteLibraries(
  text: string,
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): Substitution {
  const expansion = new Expansion(libraries, seed ?? 0n);
  return {
    text: expansion.expand(text, 1),
    replaced: [...expansion.replaced],
    unknown: [...expansion.unknown],
    depthExceeded: expansion.depthExceeded,
  };
}

class Expansion {
  readonly replaced = new Set<string>();
  readonly unknown = new Set<string>();
  depthExceeded = false;
  #inserted = 0;
  #picks = 0;
  readonly #pick: (count: number) => number;
  /** Libraries of one delimiter; both in order of attachment. */
  readonly #groups: { delimiter: string; libraries: SubstitutionLibrary[] }[] = [];
  /** Texts of entries with all references replaced, by library, level and key. */
  readonly #expanded = new Map<SubstitutionLibrary, Map<string, string>>();

  constructor(libraries: readonly SubstitutionLibrary[], seed: bigint) {
    this.#pick = seededPicker(seed);
    for (const library of libraries) {
      const alike = this.#groups.find((group) => group.delimiter === library.delimiter);
      if (alike) alike.libraries.push(library);
      else this.#groups.push({ delimiter: library.delimiter, libraries: [library] });
    }
  }

  /** `level` is that of the references in the text; `group` the first whose delimiter is still to be looked for. */
  expand(text: string, level: number, group = 0): string {
    const { delimiter, libraries } = this.#groups[group] ?? {};
    if (delimiter === undefined || libraries === undefined) return text;
    let result = "";
    let done = 0;
    let open = text.indexOf(delimiter);
    while (open !== -1) {
      const close = text.indexOf(delimiter, open + delimiter.length);
      if (close === -1) break;
      const reference = parseReference(text.slice(open + delimiter.length, close));
      // What is no reference may be a per cent sign: its partner can still open the next.
      const end = reference ? close + delimiter.length : close;
      const value = reference && this.#valueOf(reference, libraries, level);
      if (value !== null) {
        result += this.expand(text.slice(done, open), level, group + 1) + value;
        done = end;
      }
      open = text.indexOf(delimiter, end);
    }
    return result + this.expand(done === 0 ? text : text.slice(done), level, group + 1);
  }

  #valueOf({ library: name, key }: Reference, libraries: SubstitutionLibrary[], level: number): string | null {
    const named = name === null ? libraries : libraries.filter((library) => normaliseKey(library.name) === name);
    const shown = name === null ? key : `${name}:${key}`;
    const library = named.find(({ entries }) =>
      key === "*" ? Object.keys(entries).length > 0 : Object.hasOwn(entries, key),
    );
    if (!library) {
      this.unknown.add(shown);
      return null;
    }
    if (level > library.maxDepth || this.#inserted > maxInserted) {
      this.depthExceeded = true;
      return null;
    }
    this.replaced.add(shown);
    const value = this.#expandedEntry(library, key === "*" ? this.#anyKey(library) : key, level);
    this.#inserted += value.length + 1;
    return value;
  }

  #expandedEntry(library: SubstitutionLibrary, key: string, level: number): string {
    const id = `${level} ${key}`;
    const ofLibrary = this.#expanded.get(library) ?? new Map<string, string>();
    this.#expanded.set(library, ofLibrary);
    const known = ofLibrary.get(id);
    if (known !== undefined) return known;
    const picksBefore = this.#picks;
    const value = this.expand(library.entries[key] ?? "", level + 1);
    // A text with a random choice in it is made anew each time.
    if (this.#picks === picksBefore) ofLibrary.set(id, value);
    return value;
  }

  #anyKey({ entries }: SubstitutionLibrary): string {
    const keys = Object.keys(entries).toSorted();
    this.#picks++;
    return keys[this.#pick(keys.length)] ?? "";
  }
}

type Reference = { library: string | null; key: string };

/** What stands between two delimiters, when it is a reference: no space at either end, a key, perhaps a library's name. */
function parseReference(body: string): Reference | null {
  if (body === "" || body.length > 300 || body !== body.trim()) return null;
  const colon = body.indexOf(":");
  if (colon === -1) {
    const key = normaliseKey(body);
    return key === null ? null : { library: null, key };
  }
  const library = normaliseKey(body.slice(0, colon));
  const rest = body.slice(colon + 1);
  const key = rest === "*" ? "*" : normaliseKey(rest);
  return library === null || key === null ? null : { library, key };
}
