import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { loadLibraries } from "#domains/libraries/libraries.service.ts";
import {
  type LoadedResolution,
  type LoadedSlot,
  loadResolution,
  loadResolutions,
  type ResolutionTarget,
} from "#domains/prompts/load-resolution.ts";
import { dispatchTexts, type SlotText } from "#domains/prompts/logic/dispatch-texts.ts";
import {
  applyDrafts,
  applyDraftTexts,
  type DraftDefault,
  type DraftOverride,
  type DraftText,
} from "#domains/prompts/logic/drafts.ts";
import type { ClipPosition, ResolvedSlot, ResolveInput } from "#domains/prompts/logic/resolution-types.ts";
import { resolvePrompts } from "#domains/prompts/logic/resolve-prompts.ts";
import { effectiveText } from "#domains/prompts/override-entry.ts";
import { unresolvedProblems } from "#domains/prompts/unresolved-problems.ts";
import { type FieldIssue, NotFoundError } from "#lib/domain-error.ts";

export type ResolvedPrompt = ResolvedSlot & { slot: LoadedSlot };

export interface ResolveRequest extends ResolutionTarget {
  clipPosition?: ClipPosition | undefined;
  /** The run's: draws choices and `%library:*%`; the same seed gives the same text. */
  seed?: bigint | undefined;
  /** Of runs with one seed; each draws other choices. */
  tryIndex?: number | undefined;
  /** In place of the libraries attached to the project. */
  libraryIds?: readonly string[] | undefined;
}

/** With unsaved texts in place of stored ones. */
export interface DraftedRequest extends ResolveRequest {
  draftDefaults?: readonly DraftDefault[] | undefined;
  draftOverrides?: readonly DraftOverride[] | undefined;
  /** Replacement texts for the character, on top of the other drafts. */
  draftTexts?: readonly DraftText[] | undefined;
  /** Where the drafts are in the input, for errors. */
  draftsAt?: string[] | undefined;
}

export interface PreviewRequest extends DraftedRequest {
  slotId?: string | undefined;
  /** In place of the scene type's. */
  separator?: string | undefined;
}

/**
 * The prompts as a run would get them, unsaved drafts included. One statement, and one more each for libraries that are
 * named and for fragments in drafts.
 * @throws NotFoundError (scene type, character, slot, library)
 */
export async function previewPrompts(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  request: PreviewRequest,
): Promise<ResolvedPrompt[]> {
  const loaded = await loadResolution(deps, viewer, request, request.clipPosition ?? "FULL_CLIP");
  requireSlots(loaded, request);
  const input = await withDrafts(deps, await withLibraries(deps, viewer, loaded.input, request), request);
  const separator = request.separator ?? input.separator;
  const resolved = resolve(loaded, { ...input, separator }, request);
  return request.slotId === undefined ? resolved : resolved.filter(({ slotId }) => slotId === request.slotId);
}

export interface DispatchPrompts {
  /** Every slot in order. */
  slots: ResolvedPrompt[];
  /** What to write into the graph: a slot fed over a link that nothing overrides is not among them. */
  texts: SlotText[];
  /** What to refuse the job for, unless unresolved placeholders are allowed. */
  problems: FieldIssue[];
}

/** What a run is drawn from. */
export interface RunDraw {
  seed: bigint;
  tryIndex: number;
  clipPosition?: ClipPosition | undefined;
}

export interface PreparedDispatch {
  sceneType: LoadedResolution["sceneType"];
  /** The prompts of one run. Pure: for any seed, without another look at the database. */
  resolveAt: (run: RunDraw) => DispatchPrompts;
}

/**
 * Loads what the prompts of runs are resolved from, once for all of them: a run's seed is known only later.
 * @throws NotFoundError (scene type, character, library)
 */
export async function prepareDispatch(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  request: DraftedRequest,
): Promise<PreparedDispatch> {
  const loaded = await loadResolution(deps, viewer, request);
  requireSlots(loaded, request);
  const input = await withDrafts(deps, await withLibraries(deps, viewer, loaded.input, request), request);
  return prepared(loaded, input, request);
}

/** Of many scene types × characters, loaded in one statement; null where the viewer may not see one of the two. */
export async function prepareDispatches(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  requests: readonly (DraftedRequest & { characterId: string })[],
): Promise<(PreparedDispatch | null)[]> {
  const loaded = await loadResolutions(deps, viewer, requests);
  return Promise.all(
    requests.map(async (request, index) => {
      const each = loaded[index];
      return each ? prepared(each, await withDrafts(deps, each.input, request), request) : null;
    }),
  );
}

function prepared(loaded: LoadedResolution, input: ResolveInput, request: DraftedRequest): PreparedDispatch {
  return {
    sceneType: loaded.sceneType,
    resolveAt: ({ seed, tryIndex, clipPosition }) => {
      const slots = resolve(loaded, input, { ...request, ...(clipPosition ? { clipPosition } : {}), seed, tryIndex });
      return { slots, texts: dispatchTexts(loaded.slots, slots), problems: unresolvedProblems(slots) };
    },
  };
}

/** The prompts of one run, resolved as in the preview. @throws NotFoundError (scene type, character, library) */
export async function resolveForDispatch(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  request: ResolveRequest,
): Promise<DispatchPrompts & Pick<PreparedDispatch, "sceneType">> {
  const { sceneType, resolveAt } = await prepareDispatch(deps, viewer, request);
  return { sceneType, ...resolveAt({ seed: request.seed ?? 0n, tryIndex: request.tryIndex ?? 0 }) };
}

function resolve(
  { slots }: LoadedResolution,
  input: ResolveInput,
  { clipPosition, seed, tryIndex }: ResolveRequest,
): ResolvedPrompt[] {
  const resolved = resolvePrompts({
    ...input,
    clipPosition: clipPosition ?? input.clipPosition,
    seed: seed ?? null,
    tryIndex: tryIndex ?? 0,
  });
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  return resolved.map((each) => ({ ...each, slot: byId.get(each.slotId) as LoadedSlot }));
}

async function withLibraries(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: ResolveInput,
  { libraryIds }: ResolveRequest,
): Promise<ResolveInput> {
  if (libraryIds === undefined) return input;
  return { ...input, libraries: await loadLibraries(deps, viewer, libraryIds) };
}

/** @throws NotFoundError for a slot that the scene type's version does not have, with its path */
function requireSlots({ slots }: LoadedResolution, request: DraftedRequest & { slotId?: string | undefined }): void {
  const { slotId, draftsAt: at = [], draftDefaults = [], draftOverrides = [], draftTexts = [] } = request;
  const known = new Set(slots.map(({ id }) => id));
  const require = (id: string, path: string[]): void => {
    if (!known.has(id)) throw new NotFoundError("The prompt slot, in the workflow version of the scene type,", path);
  };
  if (slotId !== undefined) require(slotId, ["slotId"]);
  for (const [name, drafts] of Object.entries({ draftDefaults, draftOverrides, texts: draftTexts }))
    for (const [index, draft] of drafts.entries()) require(draft.slotId, [...at, name, String(index), "slotId"]);
}

async function withDrafts(
  { db }: Pick<Deps, "db">,
  input: ResolveInput,
  { draftDefaults = [], draftOverrides = [], draftTexts = [] }: DraftedRequest,
): Promise<ResolveInput> {
  if (draftDefaults.length + draftOverrides.length + draftTexts.length === 0) return input;
  const ids = draftOverrides.flatMap(({ fragments }) => fragments.flatMap(({ fragmentId }) => fragmentId ?? []));
  const fragments =
    ids.length === 0
      ? []
      : await db.prisma.fragment.findMany({ where: { id: { in: ids } }, select: { id: true, text: true } });
  const texts = new Map(fragments.map(({ id, text }) => [id, text]));
  const defaults = draftDefaults.map((draft) => (draft.text.trim() === "" ? { ...draft, text: "" } : draft));
  const overrides = draftOverrides.map((draft) => ({ ...draft, text: effectiveText(draft) }));
  return applyDraftTexts(applyDrafts(input, defaults, overrides, texts), draftTexts);
}
