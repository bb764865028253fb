import { Expansion, leavesOf } from "#domains/libraries/logic/expansion.ts";
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
  const { write, ...found } = substituteInPieces([text], libraries, seed);
  let substituted = "";
  write(0, (piece) => (substituted += piece));
  return { text: substituted, ...found };
}

/** Told of a stretch of text; `ref` is the key (or `library:key`) whose entry it came from, null for text that was there before. */
export type PieceWriter = (text: string, ref: string | null) => void;

/** Like substituteLibraries, for several texts as one and the same draw, with the origin of every piece of each text. */
export function substituteInPieces(
  texts: readonly string[],
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): Omit<Substitution, "text"> & {
  /** Tells the pieces of one of the texts in order, none of them empty. */
  write: (index: number, piece: PieceWriter) => void;
} {
  const expansion = new Expansion(texts, libraries, seed ?? 0n);
  expansion.run();
  return {
    write: (index, piece) => {
      const root = expansion.roots[index];
      if (root) for (const { text, ref } of leavesOf(root)) piece(text, ref);
    },
    replaced: [...expansion.replaced],
    unknown: [...expansion.unknown],
    depthExceeded: expansion.depthExceeded,
  };
}
