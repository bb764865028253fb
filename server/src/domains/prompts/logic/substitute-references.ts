import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { substituteInPieces } from "#domains/libraries/logic/substitute-libraries.ts";
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
  const authored: string[] = [];
  for (const spans of texts) for (const span of spans) if (isAuthored(span)) authored.push(span.text);
  const { write, unknown, depthExceeded } = substituteInPieces(authored, libraries, seed);
  placeholders.unresolved.clear();
  let next = 0;
  const substituted = texts.map((spans) => {
    const out: TextSpan[] = [];
    for (const span of spans) {
      if (!isAuthored(span)) out.push(span);
      else
        write(next++, (text, ref) => {
          const layer = ref === null ? span.layer : "library";
          // Most texts of libraries have no braces, and there can be tens of thousands of them.
          if (text.includes("{")) fillPlaceholders(out, text, layer, ref ?? span.ref, placeholders);
          else out.push({ text, layer, ref: ref ?? span.ref });
        });
    }
    return out;
  });
  return { texts: substituted, unknown, depthExceeded };
}
