import { seededPicker } from "#domains/libraries/logic/seeded-picker.ts";

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

/** Longest reference, in characters; what stands between two delimiters further apart is text. */
const maxReference = 300;

/** Lower case, spaces and hyphens as underscores; null when something else than `[a-z0-9_]` is left. */
export function normaliseKey(key: string): string | null {
  const normalised = key.toLowerCase().replace(/[ -]/g, "_");
  return /^[a-z0-9_]+$/.test(normalised) ? normalised : null;
}

/** A stretch of text; `ref` is the key (or `library:key`) whose entry it came from, null for text that was there before. */
export type SubstitutedPiece = { text: string; ref: string | null };

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
  const { pieces, ...found } = substituteInPieces([text], libraries, seed);
  return { text: (pieces[0] ?? []).map((piece) => piece.text).join(""), ...found };
}

/** Like substituteLibraries, for several texts as one and the same draw, with the origin of every piece of each text. */
export function substituteInPieces(
  texts: readonly string[],
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): Omit<Substitution, "text"> & { pieces: SubstitutedPiece[][] } {
  const scan = new Scan(libraries, seed ?? 0n);
  let all: Piece[][] = texts.map((text) => [{ text, ref: null, isNew: true }]);
  for (let level = 1; all.some((pieces) => pieces.some((piece) => piece.isNew)); level++) {
    all = all.map((pieces) => scan.expand(pieces, level));
  }
  return {
    pieces: all.map((pieces) => pieces.filter(({ text }) => text !== "").map(({ text, ref }) => ({ text, ref }))),
    replaced: [...scan.replaced],
    unknown: [...scan.unknown],
    depthExceeded: scan.depthExceeded,
  };
}

/** New pieces came in at the last level and are yet to be scanned. */
type Piece = SubstitutedPiece & { isNew: boolean };

/** What a reference means among the libraries of one delimiter; the library is null when none has the key. */
type Target = { library: SubstitutionLibrary | null; key: string; shown: string };

/** The libraries of one delimiter, in order of attachment, and the references that were looked up in them. */
type Group = { delimiter: string; libraries: SubstitutionLibrary[]; targets: Map<string, Target | null> };

class Scan {
  readonly replaced = new Set<string>();
  readonly unknown = new Set<string>();
  depthExceeded = false;
  #inserted = 0;
  readonly #pick: (count: number) => number;
  readonly #sortedKeys = new Map<SubstitutionLibrary, string[]>();
  readonly #groups: Group[] = [];

  constructor(libraries: readonly SubstitutionLibrary[], seed: bigint) {
    this.#pick = seededPicker(seed);
    for (const library of libraries) {
      const alike = this.#groups.find(({ delimiter }) => delimiter === library.delimiter);
      if (alike) alike.libraries.push(library);
      else this.#groups.push({ delimiter: library.delimiter, libraries: [library], targets: new Map() });
    }
  }

  /** Replaces the references in the pieces that came in at the level before. */
  expand(pieces: readonly Piece[], level: number): Piece[] {
    const expanded: Piece[] = [];
    for (const piece of pieces) {
      if (piece.isNew) this.#expandPiece(piece, level, 0, expanded);
      else expanded.push(piece);
    }
    return expanded;
  }

  /** Scans with one delimiter, what is left between the references with the next one, and so on. */
  #expandPiece({ text, ref }: Piece, level: number, index: number, out: Piece[]): void {
    const group = this.#groups[index];
    if (!group) {
      if (text !== "") out.push({ text, ref, isNew: false });
      return;
    }
    const { delimiter } = group;
    let done = 0;
    let open = text.indexOf(delimiter);
    while (open !== -1) {
      const close = text.indexOf(delimiter, open + delimiter.length);
      if (close === -1) break;
      const target = targetOf(group, text.slice(open + delimiter.length, close));
      // What is no reference may be a per cent sign: its partner can still open the next.
      const end = target ? close + delimiter.length : close;
      const value = target ? this.#valueOf(target, level) : null;
      if (target && value !== null) {
        this.#expandPiece({ text: text.slice(done, open), ref, isNew: false }, level, index + 1, out);
        out.push({ text: value, ref: target.shown, isNew: true });
        done = end;
      }
      open = text.indexOf(delimiter, end);
    }
    this.#expandPiece({ text: done === 0 ? text : text.slice(done), ref, isNew: false }, level, index + 1, out);
  }

  #valueOf({ library, key, shown }: Target, level: number): string | null {
    if (!library) {
      this.unknown.add(shown);
      return null;
    }
    if (level > library.maxDepth || this.#inserted > maxLength) {
      this.depthExceeded = true;
      return null;
    }
    const value = library.entries[key === "*" ? this.#anyKeyOf(library) : key] ?? "";
    this.#inserted += value.length;
    this.replaced.add(shown);
    return value;
  }

  /** Picks among sorted keys: their order in the database is not ours to rely on. */
  #anyKeyOf(library: SubstitutionLibrary): string {
    let keys = this.#sortedKeys.get(library);
    if (!keys) this.#sortedKeys.set(library, (keys = Object.keys(library.entries).toSorted()));
    return keys[keys.length === 1 ? 0 : this.#pick(keys.length)] ?? "";
  }
}

/** What the text between two delimiters refers to; null when it is no reference. The same text is read once. */
function targetOf({ libraries, targets }: Group, body: string): Target | null {
  const known = targets.get(body);
  if (known !== undefined) return known;
  const reference = parseReference(body);
  const target = reference && lookUp(reference, libraries);
  if (body.length <= maxReference) targets.set(body, target);
  return target;
}

function lookUp({ library: name, key }: Reference, libraries: readonly SubstitutionLibrary[]): Target {
  const named = name === null ? libraries : libraries.filter((library) => normaliseKey(library.name) === name);
  const has = ({ entries }: SubstitutionLibrary): boolean =>
    key === "*" ? Object.keys(entries).length > 0 : Object.hasOwn(entries, key);
  return { library: named.find(has) ?? null, key, shown: name === null ? key : `${name}:${key}` };
}

type Reference = { library: string | null; key: string };

/** What stands between two delimiters, when it is a reference: no space at either end, a key, perhaps a library's name. */
function parseReference(body: string): Reference | null {
  if (body === "" || body.length > maxReference || body !== body.trim()) return null;
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
