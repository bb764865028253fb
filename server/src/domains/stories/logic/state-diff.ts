import type { SceneState } from "#domains/stories/logic/scene-state.ts";
import { sameTags } from "#domains/stories/logic/status-tags.ts";

export type StateField = "DESCRIPTION" | "TAGS" | "IMAGE";
export type EntryKind = "CARRIES" | "RESETS" | "NEW" | "LEFT_OUT";

/** What of one state is not as in another. */
export function stateChanges(before: SceneState, after: SceneState): StateField[] {
  return [
    ...(before.descriptionOverride === after.descriptionOverride ? [] : (["DESCRIPTION"] as const)),
    ...(sameTags(before.statusTags, after.statusTags) ? [] : (["TAGS"] as const)),
    ...(before.imageId === after.imageId ? [] : (["IMAGE"] as const)),
  ];
}

/** One asset between a scene and the one before. */
export interface DiffEntry<State extends SceneState = SceneState> {
  projectAssetId: string;
  kind: EntryKind;
  /** In the scene before; null where it is not there. */
  before: State | null;
  /** In the scene, or what it would be there; null where it is left out. */
  after: SceneState | null;
  changes: StateField[];
  carriedTags: string[];
  droppedTags: string[];
  addedTags: string[];
}

/** Compares what a scene has, or would have, with the scene before, asset by asset: those of the scene before first. */
export function stateDiff<State extends SceneState>(
  before: readonly State[],
  after: readonly SceneState[],
): DiffEntry<State>[] {
  const afterOf = new Map(after.map((state) => [state.projectAssetId, state]));
  const beforeIds = new Set(before.map(({ projectAssetId }) => projectAssetId));
  return [
    ...before.map((state) => entryOf(state, afterOf.get(state.projectAssetId) ?? null)),
    ...after.filter(({ projectAssetId }) => !beforeIds.has(projectAssetId)).map((state) => entryOf<State>(null, state)),
  ];
}

function entryOf<State extends SceneState>(before: State | null, after: SceneState | null): DiffEntry<State> {
  const had = before?.statusTags ?? [];
  const has = after?.statusTags ?? [];
  return {
    projectAssetId: (before ?? after)?.projectAssetId ?? "",
    kind: before === null ? "NEW" : after === null ? "LEFT_OUT" : before.carryForward ? "CARRIES" : "RESETS",
    before,
    after,
    changes: before && after ? stateChanges(before, after) : [],
    carriedTags: had.filter((tag) => has.includes(tag)),
    droppedTags: had.filter((tag) => !has.includes(tag)),
    addedTags: has.filter((tag) => !had.includes(tag)),
  };
}
