import type { AssetBase, KnownState, NewState } from "#domains/stories/logic/scene-state.ts";

/** The state of an asset that nothing has happened to. */
export function baseState(base: Pick<AssetBase, "id" | "imageId">): NewState {
  return {
    projectAssetId: base.id,
    descriptionOverride: null,
    imageId: base.imageId,
    statusTags: [],
    carryForward: true,
    inheritedFromId: null,
  };
}

/**
 * The state that follows from an earlier one. What does not carry forward begins at the project asset again, and keeps
 * where it came from for the record.
 * @param carries whether the state is taken over; as the earlier one says unless a person says otherwise
 */
export function followingState(
  source: KnownState,
  base: Pick<AssetBase, "id" | "imageId">,
  carries = source.carryForward,
): NewState {
  const { carryForward, id } = source;
  if (!carries) return { ...baseState(base), carryForward, inheritedFromId: id };
  return {
    projectAssetId: base.id,
    descriptionOverride: source.descriptionOverride,
    imageId: source.imageId,
    statusTags: [...source.statusTags],
    carryForward,
    inheritedFromId: id,
  };
}

/** Where a scene starts when none comes before it: every asset that is approved and designed. */
export function startingStates(assets: readonly AssetBase[]): { states: NewState[]; notReady: AssetBase[] } {
  return {
    states: assets.filter(({ isLocked, isDeferred }) => isLocked && !isDeferred).map((asset) => baseState(asset)),
    notReady: assets.filter(({ isDeferred }) => isDeferred),
  };
}

/** What a person wants of one asset when a scene takes over from the one before. */
export type CarryChoice = "CARRY" | "RESET" | "SKIP";

/** The states that a scene begins with, given those of the scene before and what people chose for some of the assets. */
export function inheritedStates(
  sources: readonly KnownState[],
  bases: ReadonlyMap<string, AssetBase>,
  choices: ReadonlyMap<string, CarryChoice>,
): NewState[] {
  return sources.flatMap((source) => {
    const base = bases.get(source.projectAssetId);
    const choice = choices.get(source.projectAssetId);
    if (!base || choice === "SKIP") return [];
    return [followingState(source, base, choice === undefined ? undefined : choice === "CARRY")];
  });
}

/** An instance with the place of its scene, as a chain is followed through. */
export interface ChainLink {
  id: string;
  sceneNumber: number;
  inheritedFromId: string | null;
}

/**
 * The instances that one follows from, the root first and itself last. A source that was deleted, or whose scene does not
 * come earlier any more, ends the chain: so it can't be a ring.
 * @param length of the chain at most; of a longer one the end
 */
export function inheritanceChain<Link extends ChainLink>(
  id: string,
  links: ReadonlyMap<string, Link>,
  length = Infinity,
): Link[] {
  const chain: Link[] = [];
  for (let link = links.get(id); link && chain.length < length;) {
    chain.push(link);
    const source: Link | undefined = link.inheritedFromId === null ? undefined : links.get(link.inheritedFromId);
    link = source && source.sceneNumber < link.sceneNumber ? source : undefined;
  }
  return chain.toReversed();
}
