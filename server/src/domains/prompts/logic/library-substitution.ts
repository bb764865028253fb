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
const maxLength = 2_000_000;

/** Lower case, spaces and hyphens as underscores; null when something else than `[a-z0-9_]` is left. */
export function normaliseKey(key: string): string | null {
  const normalised = key.toLowerCase().replace(/[ -]/g, "_");
  return /^[a-z0-9_]+$/.test(normalised) ? normalised : null;
}

/**
 * Replaces `%key%`, `%library:key%` and `%library:*%` (one entry, by the seed) with the libraries' texts, and the
 * references in those. Bare keys are looked up in the order of the libraries, each library with its own delimiter.
 * Goes level by level, one scan of the new text for each: inserted texts are plain text but for their own references.
 */
export function substituteLibraries(
  text: string,
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): Substitution {
  const scan = new Scan(libraries, seed ?? 0n);
  let pieces: Piece[] = [{ text, isNew: true }];
  for (let level = 1; pieces.some((piece) => piece.isNew); level++) {
    pieces = pieces.flatMap((piece) => (piece.isNew ? scan.expand(piece.text, level) : piece));
  }
  return {
    text: pieces.map((piece) => piece.text).join(""),
    replaced: [...scan.replaced],
    unknown: [...scan.unknown],
    depthExceeded: scan.depthExceeded,
  };
}

/** A stretch of text; new ones came in at the last level and are yet to be scanned. */
type Piece = { text: string; isNew: boolean };

class Scan {
  readonly replaced = new Set<string>();
  readonly unknown = new Set<string>();
  depthExceeded = false;
  #inserted = 0;
  readonly #pick: (count: number) => number;
  /** Libraries by delimiter, both in order of attachment. */
  readonly #byDelimiter = new Map<string, SubstitutionLibrary[]>();

  constructor(libraries: readonly SubstitutionLibrary[], seed: bigint) {
    this.#pick = seededPicker(seed);
    for (const library of libraries) {
      const alike = this.#byDelimiter.get(library.delimiter);
      if (alike) alike.push(library);
      else this.#byDelimiter.set(library.delimiter, [library]);
    }
  }

  expand(text: string, level: number): Piece[] {
    let pieces: Piece[] = [{ text, isNew: false }];
    for (const [delimiter, libraries] of this.#byDelimiter) {
      pieces = pieces.flatMap((piece) =>
        piece.isNew ? piece : this.#expandOne(piece.text, delimiter, libraries, level),
      );
    }
    return pieces;
  }

  #expandOne(text: string, delimiter: string, libraries: SubstitutionLibrary[], level: number): Piece[] {
    const pieces: Piece[] = [];
    let done = 0;
    let open = text.indexOf(delimiter);
    while (open !== -1) {
      const close = text.indexOf(delimiter, open + delimiter.length);
      if (close === -1) break;
      const reference = parseReference(text.slice(open + delimiter.length, close));
      // What is no reference may be a per cent sign: its partner can still open the next.
      const end = reference ? close + delimiter.length : close;
      const value = reference && this.#valueOf(reference, libraries, level);
      if (value != null) {
        pieces.push({ text: text.slice(done, open), isNew: false }, { text: value, isNew: true });
        done = end;
      }
      open = text.indexOf(delimiter, end);
    }
    return [...pieces, { text: text.slice(done), isNew: false }];
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
    if (level > library.maxDepth || this.#inserted > maxLength) {
      this.depthExceeded = true;
      return null;
    }
    const keys = key === "*" ? Object.keys(library.entries).toSorted() : [key];
    const value = library.entries[keys[keys.length === 1 ? 0 : this.#pick(keys.length)] ?? ""] ?? "";
    this.#inserted += value.length;
    this.replaced.add(shown);
    return value;
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
