import { type SubstitutionLibrary, substituteInPieces } from "#domains/libraries/logic/substitute-libraries.ts";
import { fillPlaceholders, isAuthored, type Placeholders } from "#domains/prompts/logic/fill-placeholders.ts";
import type { TextSpan } from "#domains/prompts/logic/resolution-types.ts";

export type SubstitutedTexts = {
  texts: TextSpan[][];
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
  const authored = texts.flatMap((spans) => spans.filter(isAuthored).map(({ text }) => text));
  const { pieces, unknown, depthExceeded } = substituteInPieces(authored, libraries, seed);
  placeholders.unresolved.clear();
  let next = 0;
  const substituted = texts.map((spans) => {
    const out: TextSpan[] = [];
    for (const span of spans) {
      if (!isAuthored(span)) {
        out.push(span);
        continue;
      }
      for (const { text, ref } of pieces[next++] ?? [])
        fillPlaceholders(out, text, ref === null ? span.layer : "library", ref ?? span.ref, placeholders);
    }
    return out;
  });
  return { texts: substituted, unknown, depthExceeded };
}
