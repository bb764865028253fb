import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { ChoiceDraw, choiceSeedOf } from "#domains/prompts/logic/draw-choices.ts";
import { fillPlaceholders, Placeholders } from "#domains/prompts/logic/fill-placeholders.ts";
import {
  type AppliedFragment,
  type ClipPosition,
  type FragmentEntry,
  type OverrideScope,
  overrideScopes,
  type PromptSource,
  type ResolvedSlot,
  type ResolveInput,
  type ResolveSlot,
  type SlotOverride,
  type SpanLayer,
  type SpannedText,
  type TextSpan,
} from "#domains/prompts/logic/resolution-types.ts";
import { substituteReferences } from "#domains/prompts/logic/substitute-references.ts";
import { weightWarnings } from "#domains/prompts/logic/weight-warnings.ts";

/**
 * The prompt of every slot, in slot order: the one function that preview and dispatch share. For each authored text, base
 * and fragments: placeholders, then library references, then choices. A locked slot resolves like any other, with what was
 * written before it was locked: the lock stops edits, not texts.
 */
export function resolvePrompts(input: ResolveInput): ResolvedSlot[] {
  const overrides = groupBySlot(input.overrides);
  const defaults = groupBySlot(input.defaults);
  const valueOf = placeholderValues(input.character);
  return input.slots
    .toSorted((a, b) => a.sortOrder - b.sortOrder)
    .map((slot) => {
      const sceneText = defaultFor(defaults.get(slot.id), input.clipPosition);
      return resolveSlot(slot, sceneText, overrides.get(slot.id) ?? [], input, valueOf);
    });
}

type Base = { text: string; source: PromptSource; layer: SpanLayer; ref: string | null };

/** One authored text on its way: the base, or a fragment. */
type Part = SpannedText & { mayChoose: boolean; entry: FragmentEntry | null; scope: OverrideScope };

function resolveSlot(
  slot: ResolveSlot,
  sceneText: string | undefined,
  overrides: readonly SlotOverride[],
  input: ResolveInput,
  valueOf: (key: string) => string | undefined,
): ResolvedSlot {
  const { libraries = [], tryIndex = 0 } = input;
  const seed = input.seed ?? 0n;
  const base = baseOf(slot, sceneText, overrides);
  const placeholders = new Placeholders(valueOf);
  const parts = [partOf(base.text, base, null, "PROJECT", placeholders)];
  for (const scope of overrideScopes) {
    for (const override of overrides) {
      if (override.scope !== scope) continue;
      for (const entry of override.fragments)
        parts.push(partOf(entry.text, { layer: "fragment", ref: entry.fragmentId }, entry, scope, placeholders));
    }
  }
  const warnings: string[] = [];
  const unknown = libraries.length === 0 ? [] : applyLibraries(parts, libraries, seed, placeholders, warnings);
  applyChoices(parts, seed, tryIndex, warnings);
  if (placeholders.isFull)
    warnings.push("The values of placeholders are too many, or too long together; the rest stays as written.");
  const joined = joinParts(parts, input.separator);
  return {
    slotId: slot.id,
    baseText: base.text,
    source: joined.appliedFragments.length > 0 ? "WITH_FRAGMENTS" : base.source,
    unresolvedPlaceholders: [...placeholders.unresolved],
    unresolvedLibraryReferences: unknown,
    warnings:
      warnings.length === 0
        ? weightWarnings(joined.resolvedText)
        : [...weightWarnings(joined.resolvedText), ...warnings],
    ...joined,
  };
}

function partOf(
  authored: string,
  { layer, ref }: Pick<Base, "layer" | "ref">,
  entry: FragmentEntry | null,
  scope: OverrideScope,
  placeholders: Placeholders,
): Part {
  const spans: TextSpan[] = [];
  const text = fillPlaceholders(spans, authored, layer, ref, placeholders);
  return { spans, text, mayChoose: authored.includes("|"), entry, scope };
}

/** Answers the keys that no library has. */
function applyLibraries(
  parts: readonly Part[],
  libraries: readonly SubstitutionLibrary[],
  seed: bigint,
  placeholders: Placeholders,
  warnings: string[],
): string[] {
  const texts = parts.map(({ spans }) => spans);
  const { texts: substituted, unknown, depthExceeded } = substituteReferences(texts, libraries, seed, placeholders);
  for (const [index, { spans, text }] of substituted.entries())
    Object.assign(parts[index] as Part, { spans, text, mayChoose: text.includes("|") });
  if (depthExceeded)
    warnings.push(
      "Library references are nested deeper than their library allows, or too many together; the rest stays as written.",
    );
  return unknown;
}

function applyChoices(parts: readonly Part[], seed: bigint, tryIndex: number, warnings: string[]): void {
  let draw: ChoiceDraw | undefined;
  for (const part of parts) {
    if (!part.mayChoose) continue;
    draw ??= new ChoiceDraw(choiceSeedOf(seed, tryIndex));
    Object.assign(part, draw.draw({ spans: part.spans, text: part.text }));
  }
  if (draw) warnings.push(...draw.warnings);
}

/** Base and fragments in a row. Fragments that are blank by now are skipped, and so is the separator of an empty base. */
function joinParts(
  parts: readonly Part[],
  separator: string,
): Pick<ResolvedSlot, "resolvedText" | "spans" | "appliedFragments"> {
  let resolvedText = "";
  let spans: TextSpan[] = [];
  const appliedFragments: AppliedFragment[] = [];
  for (const { spans: own, text, entry, scope } of parts) {
    if (entry !== null) {
      if (text.trim() === "") continue;
      const { type, fragmentId } = entry;
      appliedFragments.push({ fragmentId, text, isInline: type === "INLINE", scope });
      if (resolvedText !== "" && separator !== "") {
        resolvedText += separator;
        // The separator belongs to its fragment: one span where the fragment begins with text of its own.
        const first = own[0];
        if (first?.layer === "fragment") first.text = separator + first.text;
        else spans.push({ text: separator, layer: "fragment", ref: fragmentId });
      }
    }
    resolvedText += text;
    if (spans.length === 0) spans = own;
    else for (const span of own) spans.push(span);
  }
  return { resolvedText, spans, appliedFragments };
}

/** The narrowest text that is set: character, group, project, scene type, workflow. */
function baseOf(slot: ResolveSlot, sceneText: string | undefined, overrides: readonly SlotOverride[]): Base {
  let base: Base =
    sceneText === undefined
      ? { text: slot.defaultText ?? "", source: "WORKFLOW_DEFAULT", layer: "slot default", ref: null }
      : { text: sceneText, source: "SCENE_TYPE_DEFAULT", layer: "scene type", ref: null };
  for (const scope of overrideScopes) {
    for (const { scope: its, text } of overrides) {
      if (its === scope && text !== null) base = { text, source: "OVERRIDE", layer: "override scope", ref: scope };
    }
  }
  return base;
}

/** Start and continuation clips fall back to the text of the whole clip. */
function defaultFor(
  defaults: readonly { clipPosition: ClipPosition; text: string }[] | undefined,
  clipPosition: ClipPosition,
): string | undefined {
  const at = (position: ClipPosition) => defaults?.find((entry) => entry.clipPosition === position)?.text;
  return at(clipPosition) ?? at("FULL_CLIP");
}

/** Values of the character; `{character_name}` is the name unless metadata says otherwise. */
function placeholderValues(character: ResolveInput["character"]): (key: string) => string | undefined {
  if (!character) return () => undefined;
  // A map: looking up a property keeps each key of 14,000 in the engine's table of names.
  const values = new Map([["character_name", character.name], ...Object.entries(character.metadata)]);
  return (key) => values.get(key);
}

function groupBySlot<T extends { slotId: string }>(entries: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const group = groups.get(entry.slotId);
    if (group) group.push(entry);
    else groups.set(entry.slotId, [entry]);
  }
  return groups;
}
