import { type SubstitutionLibrary, substituteInPieces } from "#domains/libraries/logic/substitute-libraries.ts";
import { PromptTextBuilder } from "#domains/prompts/logic/prompt-text-builder.ts";
import type { ResolvedSlot, ResolveInput } from "#domains/prompts/logic/resolution-types.ts";
import { placeholderValues } from "#domains/prompts/logic/resolve-prompts.ts";
import { weightWarnings } from "#domains/prompts/logic/weight-warnings.ts";

/**
 * The step of resolution after fragments: replaces library references in what people wrote, never in values inserted from
 * metadata. Placeholders inside library texts are replaced and reported like any other. Every slot draws `%library:*%`
 * from the seed anew, so that slots with the same text stay the same. Pure.
 */
export function resolveLibraries(
  resolved: readonly ResolvedSlot[],
  character: ResolveInput["character"],
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): ResolvedSlot[] {
  const valueOf = placeholderValues(character);
  return resolved.map((slot) => resolveInSlot(slot, valueOf, libraries, seed));
}

function resolveInSlot(
  slot: ResolvedSlot,
  valueOf: (key: string) => string | undefined,
  libraries: readonly SubstitutionLibrary[],
  seed: bigint | null,
): ResolvedSlot {
  const isAuthored = slot.spans.map(({ layer }) => layer !== "placeholder");
  const authored = slot.spans.filter((_span, index) => isAuthored[index]).map(({ text }) => text);
  const { pieces, replaced, unknown, depthExceeded } = substituteInPieces(authored, libraries, seed);
  if (replaced.length === 0) return { ...slot, unresolvedLibraryReferences: unknown };

  const builder = new PromptTextBuilder(valueOf);
  let next = 0;
  for (const [index, { text, layer, ref }] of slot.spans.entries()) {
    if (!isAuthored[index]) {
      builder.append(text, layer, ref);
      continue;
    }
    for (const piece of pieces[next++] ?? []) {
      if (piece.ref === null) builder.append(piece.text, layer, ref);
      else builder.appendAuthored(piece.text, "library", piece.ref);
    }
  }
  const warnings = weightWarnings(builder.text);
  if (depthExceeded)
    warnings.push("Library references are nested deeper than their library allows; the rest stays as written.");
  return {
    ...slot,
    resolvedText: builder.text,
    spans: builder.spans,
    unresolvedPlaceholders: inOrderOfAppearance(builder.text, [...slot.unresolvedPlaceholders, ...builder.unresolved]),
    unresolvedLibraryReferences: unknown,
    warnings,
  };
}

function inOrderOfAppearance(text: string, keys: readonly string[]): string[] {
  return [...new Set(keys)].toSorted((a, b) => text.indexOf(`{${a}}`) - text.indexOf(`{${b}}`));
}
