import { PromptTextBuilder } from "#domains/prompts/logic/prompt-text-builder.ts";
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
} from "#domains/prompts/logic/resolution-types.ts";
import { weightWarnings } from "#domains/prompts/logic/weight-warnings.ts";

/**
 * The prompt of every slot, in slot order: the one function that preview and dispatch share. A locked slot resolves like
 * any other, with what was written before it was locked: the lock stops edits, not texts.
 */
export function resolvePrompts(input: ResolveInput): ResolvedSlot[] {
  const overrides = groupBySlot(input.overrides);
  const defaults = groupBySlot(input.defaults);
  const valueOf = placeholderValues(input.character);
  return input.slots
    .toSorted((a, b) => a.sortOrder - b.sortOrder)
    .map((slot) => {
      const sceneText = defaultFor(defaults.get(slot.id), input.clipPosition);
      return resolveSlot(slot, sceneText, overrides.get(slot.id) ?? [], input.separator, valueOf);
    });
}

type Base = { text: string; source: PromptSource; layer: SpanLayer; ref: string | null };

function resolveSlot(
  slot: ResolveSlot,
  sceneText: string | undefined,
  overrides: readonly SlotOverride[],
  separator: string,
  valueOf: (key: string) => string | undefined,
): ResolvedSlot {
  const base = baseOf(slot, sceneText, overrides);
  const builder = new PromptTextBuilder(valueOf);
  builder.appendAuthored(base.text, base.layer, base.ref);
  const appliedFragments: AppliedFragment[] = [];
  for (const scope of overrideScopes) {
    for (const override of overrides) {
      if (override.scope !== scope) continue;
      for (const fragment of override.fragments) {
        const applied = appendFragment(builder, fragment, scope, separator);
        if (applied) appliedFragments.push(applied);
      }
    }
  }
  return {
    slotId: slot.id,
    baseText: base.text,
    resolvedText: builder.text,
    source: appliedFragments.length > 0 ? "WITH_FRAGMENTS" : base.source,
    unresolvedPlaceholders: [...builder.unresolved],
    unresolvedLibraryReferences: [],
    appliedFragments,
    warnings: weightWarnings(builder.text),
    spans: builder.spans,
  };
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

/** Appends separator and fragment, or nothing at all when the fragment is blank once its placeholders are replaced. */
function appendFragment(
  builder: PromptTextBuilder,
  { type, fragmentId, text }: FragmentEntry,
  scope: OverrideScope,
  separator: string,
): AppliedFragment | null {
  const before = builder.text;
  const spanCount = builder.spans.length;
  if (before !== "") builder.append(separator, "fragment", fragmentId);
  const applied = builder.appendAuthored(text, "fragment", fragmentId);
  if (applied.trim() === "") {
    builder.rewind(spanCount, before);
    return null;
  }
  joinSeparator(builder, spanCount, separator);
  return { fragmentId, text: applied, isInline: type === "INLINE", scope };
}

/** The separator belongs to its fragment: one span where the fragment begins with text of its own. */
function joinSeparator({ spans }: PromptTextBuilder, index: number, separator: string): void {
  const [first, second] = [spans[index], spans[index + 1]];
  if (first && second?.layer === "fragment" && first.text === separator) {
    first.text += second.text;
    spans.splice(index + 1, 1);
  }
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
export function placeholderValues(character: ResolveInput["character"]): (key: string) => string | undefined {
  if (!character) return () => undefined;
  const { name, metadata } = character;
  return (key) => {
    if (Object.hasOwn(metadata, key)) return metadata[key];
    return key === "character_name" ? name : undefined;
  };
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
