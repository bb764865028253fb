import {
  Expansion,
  type ExpansionBounds,
  leavesOf,
  type Piece,
  visitPieces,
  wideBounds,
} from "#domains/libraries/logic/expansion.ts";
import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";

export type Substitution = {
  text: string;
  /** Normalised keys, `library:key` where the reference named one; each once, in order of appearance. */
  replaced: string[];
  unknown: string[];
  /** A reference was left because its library's depth, or the size limit, was reached. */
  depthExceeded: boolean;
};

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
  const { texts, ...found } = substituteTexts([text], libraries, seed);
  return { text: texts[0] ?? "", ...found };
}

/** Like substituteLibraries, for several texts as one and the same draw. */
export function substituteTexts(
  texts: readonly string[],
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): Omit<Substitution, "text"> & { texts: string[] } {
  const { write, ...found } = substituteInPieces(texts, libraries, seed, wideBounds);
  const substituted = texts.map((_text, index) => {
    let text = "";
    write(index, (piece) => {
      for (const leaf of leavesOf(piece)) text += leaf.text;
    });
    return text;
  });
  return { texts: substituted, ...found };
}

/** Told of a piece of the result, whose `leavesOf` it writes; a shared one is told of wherever it stands. */
export type PieceWriter = (piece: Piece) => void;

/** Like substituteTexts, with the origin of every piece of each text. */
export function substituteInPieces(
  texts: readonly string[],
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
  bounds: ExpansionBounds,
): Omit<Substitution, "text"> & {
  /** Tells the pieces of one of the texts in order. */
  write: (index: number, piece: PieceWriter) => void;
} {
  const expansion = new Expansion(texts, libraries, seed ?? 0n, bounds);
  expansion.run();
  return {
    write: (index, piece) => {
      const root = expansion.roots[index];
      if (root) visitPieces(root, piece);
    },
    replaced: [...expansion.replaced],
    unknown: [...expansion.unknown],
    depthExceeded: expansion.depthExceeded,
  };
}
