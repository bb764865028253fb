import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import type { SlotType } from "#domains/workflows/logic/slots.ts";

export type ClipPosition = "FULL_CLIP" | "START_CLIP" | "CONTINUATION_CLIP";
export type OverrideScope = "PROJECT" | "GROUP" | "CHARACTER";
export type PromptSource = "WORKFLOW_DEFAULT" | "SCENE_TYPE_DEFAULT" | "OVERRIDE" | "WITH_FRAGMENTS";

/** Widest first: texts of later scopes win, fragments of earlier ones come first. */
export const overrideScopes: readonly OverrideScope[] = ["PROJECT", "GROUP", "CHARACTER"];

/** A prompt slot as the workflow version in use has it. */
export type ResolveSlot = {
  id: string;
  nodeId: string;
  inputName: string;
  label: string;
  slotType: SlotType;
  sortOrder: number;
  isUserEditable: boolean;
  defaultText: string | null;
  isLinked: boolean;
};

export type SlotDefault = { slotId: string; clipPosition: ClipPosition; text: string };

export type FragmentEntry = { type: "FRAGMENT_REF" | "INLINE"; fragmentId: string | null; text: string };

/** `text: null` replaces nothing; the empty text replaces with nothing. */
export type SlotOverride = {
  scope: OverrideScope;
  slotId: string;
  text: string | null;
  fragments: readonly FragmentEntry[];
};

/** Everything that resolution reads, loaded beforehand. Overrides are those of one project, group and character. */
export type ResolveInput = {
  slots: readonly ResolveSlot[];
  defaults: readonly SlotDefault[];
  character: { name: string; metadata: Readonly<Record<string, string>> } | null;
  overrides: readonly SlotOverride[];
  clipPosition: ClipPosition;
  /** Between base text and fragments, and between fragments. */
  separator: string;
  /** In the order of look-up; without any, references are plain text. */
  libraries?: readonly SubstitutionLibrary[];
  /** The run's: draws choices and `%library:*%`; 0 unless said. */
  seed?: bigint | null;
  /** Runs of one seed draw other choices at each try. */
  tryIndex?: number;
};

export type SpanLayer =
  | "slot default"
  | "scene type"
  | "override scope"
  | "placeholder"
  | "fragment"
  | "library"
  | "choice";

/**
 * A piece of the resolved text. `ref`: the override's scope, the placeholder's or library's key, the fragment's id, the
 * choice as it was written.
 */
export type TextSpan = { text: string; layer: SpanLayer; ref: string | null };

/** Spans, and the text that they are together. */
export type SpannedText = { spans: TextSpan[]; text: string };

export type AppliedFragment = { fragmentId: string | null; text: string; isInline: boolean; scope: OverrideScope };

export type ResolvedSlot = {
  slotId: string;
  /** The winning text as it was written, placeholders and all. */
  baseText: string;
  resolvedText: string;
  /** The last layer that contributed. */
  source: PromptSource;
  /** Each once, in order of appearance. */
  unresolvedPlaceholders: string[];
  unresolvedLibraryReferences: string[];
  appliedFragments: AppliedFragment[];
  warnings: string[];
  /** Consecutive, none empty: together they are `resolvedText`. */
  spans: TextSpan[];
};
