import {
  noReferences,
  type ReferenceBounds,
  ReferenceReader,
  type SubstitutionLibrary,
  type Target,
} from "#domains/libraries/logic/library-references.ts";
import { seededPicker } from "#domains/libraries/logic/seeded-picker.ts";

/** What insertions may come to: a few entries that each double the next would fill the memory long before they reach their depth. */
export type ExpansionBounds = ReferenceBounds & {
  /** Characters that are inserted. */
  length: number;
  /** Insertions, but for those that take the place of a whole text. */
  insertions: number;
  /** Insertions that are worked out one by one, since something is drawn in them. */
  pieces: number;
  /** References that are followed beforehand, to see in which entries something is drawn. */
  followed: number;
};

/** For a text by itself, of which 100,000 characters have room for 33,333 references, and for all prompts of a scene. */
export const wideBounds: ExpansionBounds = {
  references: 35_000,
  targets: 35_000,
  length: 3_000_000,
  insertions: 100_000,
  pieces: 35_000,
  followed: 50_000,
};

/** For the texts of one slot, where each insertion is a span of its own: far more than people write, and quick with any text. */
export const slotBounds: ExpansionBounds = {
  references: 5_000,
  targets: 1_500,
  length: 250_000,
  insertions: 5_000,
  pieces: 2_500,
  followed: 10_000,
};

/** A stretch of text, or, once its references are replaced, what it has become. */
export type Piece = {
  text: string;
  /** The key (or `library:key`) whose entry it came from. */
  ref: string | null;
  parts: Piece[] | null;
  /** In how many places it stands. */
  times: number;
  /** Whether other references become this very piece. */
  isShared: boolean;
  leaves: readonly Piece[] | null;
};

/** Tells what a piece consists of in the end, in order: pieces that stand in one place only, and the outermost shared ones. */
export function visitPieces(piece: Piece, visit: (piece: Piece) => void): void {
  if (piece.isShared || !piece.parts) visit(piece);
  else for (const part of piece.parts) visitPieces(part, visit);
}

/** What is left of a piece in the end, none of it empty. Worked out once for all places in which it stands. */
export function leavesOf(piece: Piece): readonly Piece[] {
  if (piece.leaves) return piece.leaves;
  const leaves: Piece[] = [];
  if (piece.parts) for (const part of piece.parts) for (const leaf of leavesOf(part)) leaves.push(leaf);
  else if (piece.text !== "") leaves.push(piece);
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
  readonly #inserted: Amount = { length: 0, insertions: 0 };
  #pieces = 0;
  readonly #bounds: ExpansionBounds;
  readonly #pick: (count: number) => number;
  /** By star, then by what it drew. */
  readonly #drawn = new Map<Target, Map<string, Piece>>();
  readonly #sortedKeys = new Map<SubstitutionLibrary, string[]>();
  /** One for each delimiter. */
  readonly #readers: ReferenceReader[] = [];
  /**
   * Entries in which nothing is drawn, nor in those that they refer to: they can be shared. With one delimiter only, since text
   * between references is not looked at again.
   */
  #fixed: ReadonlySet<Target> = new Set();

  constructor(
    texts: readonly string[],
    libraries: readonly SubstitutionLibrary[],
    seed: bigint,
    bounds: ExpansionBounds,
  ) {
    this.#bounds = bounds;
    this.roots = texts.map((text) => pieceOf(text, null, 1));
    this.#pick = seededPicker(seed);
    for (const library of libraries) {
      let reader = this.#readers.find(({ delimiter }) => delimiter === library.delimiter);
      if (!reader) this.#readers.push((reader = new ReferenceReader(library.delimiter, bounds)));
      reader.add(library);
    }
    const [only, ...others] = this.#readers;
    if (only && others.length === 0) this.#fixed = fixedTargets(only, texts, bounds.followed);
  }

  run(): void {
    let waiting = this.roots;
    for (let level = 1; waiting.length > 0; level++) {
      if (level > 1 && this.#fixed.size > 0 && this.#goesOverLimit(waiting, level)) {
        // Where the limit falls would depend on each place, but one piece stands in many.
        this.depthExceeded = true;
        return;
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
    const { starts, ends, targets, areMore } = reader.read(text);
    if (areMore) this.depthExceeded = true;
    for (let n = 0; n < targets.length; n++) {
      const target = targets[n] as Target;
      const [start, end] = [starts[n] ?? 0, ends[n] ?? 0];
      const value = this.#valueOf(target, level, times, isWhole(text, start, end));
      if (value === null) continue;
      if (start > done) this.#expandText(text.slice(done, start), of, level, at + 1, parts, shared, came);
      done = end;
      let piece = shared.get(target);
      if (!piece) {
        this.#pieces += 1;
        piece = this.#drawn.get(target)?.get(value);
      }
      if (piece) piece.times += times;
      else {
        piece = pieceOf(value, target.shown, times);
        if (this.#mayRefer(value)) came.push(piece);
        else if (target.key === "*") this.#shareDrawn(target, piece);
        if (this.#fixed.has(target)) {
          piece.isShared = true;
          shared.set(target, piece);
        }
      }
      parts.push(piece);
    }
    if (done === text.length) return;
    this.#expandText(done === 0 ? text : text.slice(done), of, level, at + 1, parts, shared, came);
  }

  /** What a star drew and goes no further is the same wherever it is drawn again. */
  #shareDrawn(star: Target, piece: Piece): void {
    piece.isShared = true;
    const drawn = this.#drawn.get(star);
    if (drawn) drawn.set(piece.text, piece);
    else this.#drawn.set(star, new Map([[piece.text, piece]]));
  }

  #mayRefer(text: string): boolean {
    for (const { delimiter } of this.#readers) if (text.includes(delimiter)) return true;
    return false;
  }

  #isTooMuch({ length, insertions }: Amount): boolean {
    return length > this.#bounds.length || insertions > this.#bounds.insertions;
  }

  #goesOverLimit(waiting: readonly Piece[], level: number): boolean {
    if (this.#isTooMuch(this.#inserted)) return false;
    const inserted = { ...this.#inserted };
    for (const { text, times } of waiting) {
      const { starts, ends, targets } = this.#readers[0]?.read(text) ?? noReferences;
      for (const [n, target] of targets.entries()) {
        if (!target.library || level > target.library.maxDepth) continue;
        // What a star draws is one of a kind, and counted when it is drawn.
        if (target.key !== "*") add(inserted, textOf(target), isWhole(text, starts[n], ends[n]), times);
      }
    }
    return this.#isTooMuch(inserted);
  }

  #valueOf(target: Target, level: number, times: number, takesAll: boolean): string | null {
    const { library, key, shown } = target;
    if (!library) {
      this.unknown.add(shown);
      return null;
    }
    if (level > library.maxDepth || this.#isTooMuch(this.#inserted) || this.#pieces >= this.#bounds.pieces) {
      this.depthExceeded = true;
      return null;
    }
    const value = key === "*" ? (library.entries[this.#anyKeyOf(library)] ?? "") : textOf(target);
    add(this.#inserted, value, takesAll, times);
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

/** Whether a reference is all that a text consists of: what it gives takes the place of the text, and is no piece more. */
function isWhole(text: string, start = 0, end = 0): boolean {
  return start === 0 && end === text.length;
}

/** What was inserted so far, in characters and by number. */
type Amount = { length: number; insertions: number };

function add(amount: Amount, value: string, takesAll: boolean, times: number): void {
  amount.length += value.length * times;
  if (!takesAll) amount.insertions += times;
}

function textOf({ library, key }: Target): string {
  return library?.entries[key] ?? "";
}

/** Entries that texts refer to, by whatever way, but for those that draw or lead to one that does; none when they are too many. */
function fixedTargets(reader: ReferenceReader, texts: readonly string[], maxFollowed: number): ReadonlySet<Target> {
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
