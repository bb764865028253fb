import type { ResolvedSlot, ResolveInput, ResolveSlot, SlotOverride } from "#domains/prompts/logic/resolution-types.ts";
import { resolvePrompts } from "#domains/prompts/logic/resolve-prompts.ts";

/** A slot as most tests of resolution want it. */
export const slot = (changes: Partial<ResolveSlot> = {}): ResolveSlot => ({
  id: "s",
  nodeId: "6",
  inputName: "text",
  label: "Positive Prompt 1",
  slotType: "POSITIVE",
  sortOrder: 0,
  isUserEditable: true,
  defaultText: "a person walking",
  isLinked: false,
  ...changes,
});

/** Resolves that slot for a character without metadata, but for what a test wants otherwise. */
export const resolveAll = (changes: Partial<ResolveInput> = {}): ResolvedSlot[] =>
  resolvePrompts({
    slots: [slot()],
    defaults: [],
    character: { name: "Mara", metadata: {} },
    overrides: [],
    clipPosition: "FULL_CLIP",
    separator: ", ",
    ...changes,
  });
export const resolve = (changes: Partial<ResolveInput> = {}): ResolvedSlot => resolveAll(changes)[0] as ResolvedSlot;
export const resolveText = (
  defaultText: string,
  metadata: Record<string, string> = {},
  overrides: SlotOverride[] = [],
) => resolve({ slots: [slot({ defaultText })], character: { name: "Mara", metadata }, overrides });
