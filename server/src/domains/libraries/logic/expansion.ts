import { ReferenceReader, type SubstitutionLibrary, type Target } from "#domains/libraries/logic/library-references.ts";
import { seededPicker } from "#domains/libraries/logic/seeded-picker.ts";

/** A few entries that each double the next would fill the memory long before they reach their depth. */
const maxLength = 2_000_000;

/** Insertions that are worked out one by one; a text of 100,000 characters has room for 33,333 references. */
const maxPieces = 50_000;

/** References that are followed beforehand, to see in which entries something is drawn. */
const maxFollowed = 50_000;

/** A stretch of text, or, once its references are replaced, what it has become. */
export type Piece = {
  text: string;
  /** The key (or `library:key`) whose entry it came from. */
  ref: string | null;
  parts: Piece[] | null;
  /** In how many places it stands. */
  times: number;
  /** Whether other references of its level became this very piece. */
  isShared: boolean;
  leaves: readonly Piece[] | null;
};

/** The pieces that are left of one in the end, in order, none of them empty. Worked out once. */
export function leavesOf(piece: Piece): readonly Piece[] {
  if (piece.leaves) return piece.leaves;
  const leaves: Piece[] = [];
  if (!piece.parts) {
    if (piece.text !== "") leaves.push(piece);
  } else {
    for (const part of piece.parts) {
      if (part.parts) for (const leaf of leavesOf(part)) leaves.push(leaf);
      else if (part.text !== "") leaves.push(part);
    }
  }
  return (piece.leaves = leaves);
}

/**
 * Replaces the references of several texts, level by level. What an entry becomes is the same wherever it stands at one
 * level, unless something is drawn in it, so it is worked out once and shared: ten thousand references to one entry cost
 * little more than one, however deep it goes on.
 */
export class Expansion {
  readonly roots: Piece[];
  readonly replaced = new Set<string>();
  readonly unknown = new Set<string>();
  depthExceeded = false;
  #inserted = 0;
  #pieces = 0;
  /** With one delimiter only: text between references is not looked at again. */
  #shares: boolean;
  readonly #pick: (count: number) => number;
  readonly #sortedKeys = new Map<SubstitutionLibrary, string[]>();
  /** One for each delimiter. */
  readonly #readers: ReferenceReader[] = [];
  /** Entries in which nothing is drawn, nor in those that they refer to. */
  #fixed: ReadonlySet<Target> = new Set();

  constructor(texts: readonly string[], libraries: readonly SubstitutionLibrary[], seed: bigint) {
    this.roots = texts.map((text) => pieceOf(text, null, 1));
    this.#pick = seededPicker(seed);
    for (const library of libraries) {
      let reader = this.#readers.find(({ delimiter }) => delimiter === library.delimiter);
      if (!reader) this.#readers.push((reader = new ReferenceReader(library.delimiter)));
      reader.add(library);
    }
    const [only, ...others] = this.#readers;
    if (only && others.length === 0) this.#fixed = fixedTargets(only, texts);
    this.#shares = this.#fixed.size > 0;
  }

  run(): void {
    let waiting = this.roots;
    for (let level = 1; waiting.length > 0; level++) {
      if (level > 1 && this.#shares && this.#reachesLimit(waiting, level)) {
        // Where the limit falls depends on each place: from here on every one counts by itself.
        this.#shares = false;
        waiting = this.#unshare(waiting);
      }
      waiting = this.#expand(waiting, level);
    }
  }

  /** Answers the pieces that came in and have references of their own. */
  #expand(pieces: readonly Piece[], level: number): Piece[] {
    const came: Piece[] = [];
    const shared = new Map<Target, Piece>();
    let parts: Piece[] = [];
    for (const piece of pieces) {
      this.#expandText(piece.text, piece, level, 0, parts, shared, came);
      const [only] = parts;
      if (parts.length === 1 && only && !only.isShared) {
        // A chain of entries that are nothing but a reference stays one piece: there can be a hundred thousand.
        piece.text = only.text;
        piece.ref = only.ref;
        if (came.at(-1) === only) came[came.length - 1] = piece;
        parts.pop();
      } else {
        piece.parts = parts;
        parts = [];
      }
    }
    return came;
  }

  /** Looks for one delimiter, then in what is left between the references for the next one, and so on. */
  #expandText(
    text: string,
    of: Piece,
    level: number,
    at: number,
    parts: Piece[],
    shared: Map<Target, Piece>,
    came: Piece[],
  ): void {
    const reader = this.#readers[at];
    const { ref, times } = of;
    if (!reader) {
      if (text !== "") parts.push(pieceOf(text, ref, times));
      return;
    }
    let done = 0;
    const { starts, ends, targets } = reader.read(text);
    for (let n = 0; n < targets.length; n++) {
      const target = targets[n] as Target;
      const value = this.#valueOf(target, level, times);
      if (value === null) continue;
      const start = starts[n] ?? 0;
      if (start > done) this.#expandText(text.slice(done, start), of, level, at + 1, parts, shared, came);
      done = ends[n] ?? 0;
      let piece = shared.get(target);
      if (piece) piece.times += times;
      else {
        piece = pieceOf(value, target.shown, times);
        this.#pieces += 1;
        if (this.#mayRefer(value)) came.push(piece);
        piece.isShared = this.#shares && this.#fixed.has(target);
        if (piece.isShared) shared.set(target, piece);
      }
      parts.push(piece);
    }
    if (done === text.length) return;
    this.#expandText(done === 0 ? text : text.slice(done), of, level, at + 1, parts, shared, came);
  }

  #mayRefer(text: string): boolean {
    for (const { delimiter } of this.#readers) if (text.includes(delimiter)) return true;
    return false;
  }

  #reachesLimit(waiting: readonly Piece[], level: number): boolean {
    if (this.#inserted > maxLength) return false;
    let inserted = this.#inserted;
    for (const { text, times } of waiting) {
      for (const target of this.#readers[0]?.read(text).targets ?? []) {
        if (!target.library || level > target.library.maxDepth) continue;
        // What a star draws is one of a kind, and counted when it is drawn.
        if (target.key !== "*") inserted += textOf(target).length * times;
      }
    }
    return inserted > maxLength;
  }

  /** Gives every place a piece of its own. Answers those that wait, in order. */
  #unshare(waiting: readonly Piece[]): Piece[] {
    const waits = new Set(waiting);
    const alone: Piece[] = [];
    for (const root of this.roots) {
      root.parts = leavesOf(root).map((leaf) => {
        const own = pieceOf(leaf.text, leaf.ref, 1);
        if (waits.has(leaf)) alone.push(own);
        return own;
      });
      root.leaves = null;
    }
    return alone;
  }

  #valueOf(target: Target, level: number, times: number): string | null {
    const { library, key, shown } = target;
    if (!library) {
      this.unknown.add(shown);
      return null;
    }
    if (level > library.maxDepth || this.#inserted > maxLength || this.#pieces >= maxPieces) {
      this.depthExceeded = true;
      return null;
    }
    const value = key === "*" ? (library.entries[this.#anyKeyOf(library)] ?? "") : textOf(target);
    this.#inserted += value.length * times;
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

function pieceOf(text: string, ref: string | null, times: number): Piece {
  return { text, ref, parts: null, times, isShared: false, leaves: null };
}

function textOf({ library, key }: Target): string {
  return library?.entries[key] ?? "";
}

/** Entries that texts refer to, by whatever way, but for those that draw or lead to one that does; none when they are too many. */
function fixedTargets(reader: ReferenceReader, texts: readonly string[]): ReadonlySet<Target> {
  const users = new Map<Target, Target[]>();
  const drawing: Target[] = [];
  let followed = 0;
  const follow = (text: string, user: Target | null): void => {
    let last: Target | null = null;
    for (const target of reader.read(text).targets) {
      if (!target.library || target === last) continue;
      last = target;
      let its = users.get(target);
      if (!its) {
        users.set(target, (its = []));
        if (target.key === "*") drawing.push(target);
      }
      if (!user) continue;
      its.push(user);
      followed++;
    }
  };
  for (const text of texts) follow(text, null);
  // The map grows while it is walked: every entry is looked into once.
  for (const target of users.keys()) {
    if (target.key !== "*") follow(textOf(target), target);
    if (followed > maxFollowed) return new Set();
  }
  const fixed = new Set(users.keys());
  for (const target of drawing) {
    if (!fixed.delete(target)) continue;
    drawing.push(...(users.get(target) ?? []));
  }
  return fixed;
}
