import { leavesOf, type Piece, slotBounds } from "#domains/libraries/logic/expansion.ts";
import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { substituteInPieces } from "#domains/libraries/logic/substitute-libraries.ts";
import {
  fillPlaceholders,
  isAuthored,
  type Placeholders,
  type ValueAmount,
} from "#domains/prompts/logic/fill-placeholders.ts";
import type { SpannedText, TextSpan } from "#domains/prompts/logic/resolution-types.ts";

export type SubstitutedTexts = {
  texts: SpannedText[];
  /** Keys that no library has, each once, in order of appearance. */
  unknown: string[];
  depthExceeded: boolean;
};

/**
 * Replaces library references in the authored texts of a slot, never in values inserted from metadata, and the
 * placeholders inside library texts. `%library:*%` is drawn from the seed, anew for every slot, so that slots with the same
 * text stay the same. The keys in `placeholders.unresolved` come out in order of appearance.
 */
export function substituteReferences(
  texts: readonly TextSpan[][],
  libraries: readonly SubstitutionLibrary[],
  seed: bigint,
  placeholders: Placeholders,
): SubstitutedTexts {
  const authored: string[] = [];
  for (const spans of texts) for (const span of spans) if (isAuthored(span)) authored.push(span.text);
  const { write, unknown, depthExceeded } = substituteInPieces(authored, libraries, seed, slotBounds);
  placeholders.restart();
  const filled = new FilledPieces(placeholders);
  let next = 0;
  const substituted = texts.map((spans) => {
    const out: SpannedText = { spans: [], text: "" };
    for (const span of spans) {
      if (!isAuthored(span)) append(out, span);
      else write(next++, (piece) => filled.append(out, piece, span));
    }
    return out;
  });
  return { texts: substituted, unknown, depthExceeded };
}

function append(out: SpannedText, span: TextSpan): void {
  out.spans.push(span);
  out.text += span.text;
}

type FilledText = SpannedText & { taken: ValueAmount };

const nothing: ValueAmount = { length: 0, values: 0 };

/**
 * Pieces with the placeholders in them replaced. Those of a shared piece are worked out once, and its spans stand wherever it
 * does: there can be tens of thousands of references to one entry.
 */
class FilledPieces {
  readonly #placeholders: Placeholders;
  readonly #shared = new Map<Piece, FilledText>();
  /** The same pieces in places where no value fits any more. */
  readonly #left = new Map<Piece, FilledText>();

  constructor(placeholders: Placeholders) {
    this.#placeholders = placeholders;
  }

  /** @param origin where the text comes from that no entry gave */
  append(out: SpannedText, piece: Piece, origin: TextSpan): void {
    if (!piece.isShared) return this.#fill(out, piece, origin);
    const first = this.#shared.get(piece);
    // Only now, as it counts values: the first place counts its own while it is filled.
    const fits =
      !first || first.taken.values === 0 || this.#placeholders.reserve(first.taken.length, first.taken.values);
    const known = fits ? this.#shared : this.#left;
    let filled = known.get(piece);
    if (!filled) {
      const { taken } = this.#placeholders;
      known.set(piece, (filled = { spans: [], text: "", taken: nothing }));
      this.#fill(filled, piece, origin);
      filled.taken = this.#placeholders.since(taken);
    }
    for (const span of filled.spans) out.spans.push(span);
    out.text += filled.text;
  }

  #fill(out: SpannedText, piece: Piece, origin: TextSpan): void {
    if (!piece.parts) this.#fillLeaf(out, piece, origin);
    else for (const leaf of leavesOf(piece)) this.#fillLeaf(out, leaf, origin);
  }

  #fillLeaf(out: SpannedText, { text, ref }: Piece, origin: TextSpan): void {
    const layer = ref === null ? origin.layer : "library";
    const its = ref ?? origin.ref;
    // Most texts of libraries have no braces.
    if (text.includes("{")) out.text += fillPlaceholders(out.spans, text, layer, its, this.#placeholders);
    else if (text !== "") {
      out.spans.push({ text, layer, ref: its });
      out.text += text;
    }
  }
}
