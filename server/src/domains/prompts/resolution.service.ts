import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { loadLibraries } from "#domains/libraries/libraries.service.ts";
import {
  type LoadedResolution,
  type LoadedSlot,
  loadResolution,
  type ResolutionTarget,
} from "#domains/prompts/load-resolution.ts";
import { dispatchTexts, type SlotText } from "#domains/prompts/logic/dispatch-texts.ts";
import { applyDrafts, type DraftDefault, type DraftOverride } from "#domains/prompts/logic/drafts.ts";
import type { ClipPosition, ResolvedSlot, ResolveInput } from "#domains/prompts/logic/resolution-types.ts";
import { resolvePrompts } from "#domains/prompts/logic/resolve-prompts.ts";
import { effectiveText } from "#domains/prompts/override-entry.ts";
import { resolveLibraries } from "#domains/prompts/resolve-libraries.ts";
import { unresolvedProblems } from "#domains/prompts/unresolved-problems.ts";
import { type FieldIssue, NotFoundError } from "#lib/domain-error.ts";

export type ResolvedPrompt = ResolvedSlot & { slot: LoadedSlot };

export interface ResolveRequest extends ResolutionTarget {
  clipPosition?: ClipPosition | undefined;
  /** Draws `%library:*%`; the same seed gives the same text. */
  seed?: bigint | undefined;
  libraryIds?: readonly string[] | undefined;
}

export interface PreviewRequest extends ResolveRequest {
  slotId?: string | undefined;
  /** In place of the scene type's. */
  separator?: string | undefined;
  draftDefaults?: readonly DraftDefault[] | undefined;
  draftOverrides?: readonly DraftOverride[] | undefined;
}

/**
 * The prompts as a run would get them, unsaved drafts included. One statement, and one more each for libraries and for
 * fragments in drafts.
 * @throws NotFoundError (scene type, character, slot, library)
 */
export async function previewPrompts(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  request: PreviewRequest,
): Promise<ResolvedPrompt[]> {
  const loaded = await loadResolution(deps, viewer, request);
  requireSlots(loaded, request);
  const input = await withDrafts(deps, loaded.input, request);
  const separator = request.separator ?? input.separator;
  const resolved = await resolve(deps, viewer, loaded, { ...input, separator }, request);
  return request.slotId === undefined ? resolved : resolved.filter(({ slotId }) => slotId === request.slotId);
}

export interface DispatchPrompts {
  sceneType: LoadedResolution["sceneType"];
  /** Every slot in order. */
  slots: ResolvedPrompt[];
  /** What to write into the graph: a slot fed over a link that nothing overrides is not among them. */
  texts: SlotText[];
  /** What to refuse the job for, unless unresolved placeholders are allowed. */
  problems: FieldIssue[];
}

/** The prompts of one run, resolved as in the preview. @throws NotFoundError (scene type, character, library) */
export async function resolveForDispatch(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  request: ResolveRequest,
): Promise<DispatchPrompts> {
  const loaded = await loadResolution(deps, viewer, request);
  const slots = await resolve(deps, viewer, loaded, loaded.input, request);
  return {
    sceneType: loaded.sceneType,
    slots,
    texts: dispatchTexts(loaded.slots, slots),
    problems: unresolvedProblems(slots),
  };
}

async function resolve(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  { slots }: LoadedResolution,
  input: ResolveInput,
  { clipPosition, libraryIds, seed }: ResolveRequest,
): Promise<ResolvedPrompt[]> {
  let resolved = resolvePrompts({ ...input, clipPosition: clipPosition ?? input.clipPosition });
  if (libraryIds !== undefined && libraryIds.length > 0) {
    const libraries = await loadLibraries(deps, viewer, libraryIds);
    resolved = resolveLibraries(resolved, input.character, libraries, seed ?? null);
  }
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  return resolved.map((each) => ({ ...each, slot: byId.get(each.slotId) as LoadedSlot }));
}

/** @throws NotFoundError for a slot that the scene type's version does not have, with its path */
function requireSlots(
  { slots }: LoadedResolution,
  { slotId, draftDefaults = [], draftOverrides = [] }: PreviewRequest,
): void {
  const known = new Set(slots.map(({ id }) => id));
  const require = (id: string, path: string[]): void => {
    if (!known.has(id)) throw new NotFoundError("The prompt slot, in the workflow version of the scene type,", path);
  };
  if (slotId !== undefined) require(slotId, ["slotId"]);
  for (const [index, draft] of draftDefaults.entries())
    require(draft.slotId, ["draftDefaults", String(index), "slotId"]);
  for (const [index, draft] of draftOverrides.entries())
    require(draft.slotId, ["draftOverrides", String(index), "slotId"]);
}

async function withDrafts(
  { db }: Pick<Deps, "db">,
  input: ResolveInput,
  { draftDefaults = [], draftOverrides = [] }: PreviewRequest,
): Promise<ResolveInput> {
  if (draftDefaults.length + draftOverrides.length === 0) return input;
  const ids = draftOverrides.flatMap(({ fragments }) => fragments.flatMap(({ fragmentId }) => fragmentId ?? []));
  const fragments =
    ids.length === 0
      ? []
      : await db.prisma.fragment.findMany({ where: { id: { in: ids } }, select: { id: true, text: true } });
  const texts = new Map(fragments.map(({ id, text }) => [id, text]));
  const defaults = draftDefaults.map((draft) => (draft.text.trim() === "" ? { ...draft, text: "" } : draft));
  const overrides = draftOverrides.map((draft) => ({ ...draft, text: effectiveText(draft) }));
  return applyDrafts(input, defaults, overrides, texts);
}
