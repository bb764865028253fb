/** What a project asset is by itself, in no scene. */
export interface AssetBase {
  id: string;
  description: string;
  imageId: string | null;
  isLocked: boolean;
  isDeferred: boolean;
}

/** The state of an asset at the start of a scene. */
export interface SceneState {
  projectAssetId: string;
  descriptionOverride: string | null;
  imageId: string | null;
  statusTags: string[];
  carryForward: boolean;
}

/** A state that is stored. */
export interface KnownState extends SceneState {
  id: string;
}

/** A state to be stored, with the one that it started from. */
export interface NewState extends SceneState {
  inheritedFromId: string | null;
}

/** The text that stands for an asset in a scene: its own there, else the project asset's. */
export function effectiveDescription(
  state: Pick<SceneState, "descriptionOverride">,
  base: Pick<AssetBase, "description">,
): string {
  return state.descriptionOverride ?? base.description;
}

/** The picture that stands for an asset in a scene: its own there, else the project asset's. */
export function effectiveImage(state: Pick<SceneState, "imageId">, base: Pick<AssetBase, "imageId">): string | null {
  return state.imageId ?? base.imageId;
}
