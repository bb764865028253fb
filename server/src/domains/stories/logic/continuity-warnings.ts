import { nameIndex, wordsOf } from "#domains/stories/logic/names.ts";
import { type AssetBase, effectiveDescription, type KnownState } from "#domains/stories/logic/scene-state.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

export type WarningKind =
  | "NOT_INTRODUCED"
  | "TAG_VANISHED"
  | "LOCKED_DIFFERS"
  | "CAST_INCOMPLETE"
  | "SOURCE_NOT_EARLIER";

export interface WarnedAsset extends AssetBase {
  name: string;
  type: ProjectAssetType;
}

export interface WarnedInstance extends KnownState {
  isLocked: boolean;
  inheritedFromId: string | null;
  inheritedFromNumber: number | null;
  /** Tags that a recorded change took away. */
  removedTags: readonly string[];
}

export interface WarnedScene {
  id: string;
  number: number;
  /** Script and shots: all texts in which somebody can be named. */
  texts: readonly string[];
  instances: readonly WarnedInstance[];
}

export interface ContinuityWarning {
  kind: WarningKind;
  sceneId: string;
  projectAssetId: string;
  /** Null where the scene has no instance of the asset. */
  sceneAssetId: string | null;
  message: string;
}

/**
 * What does not fit together in a branch, scene by scene, in story order. Told from what is stored alone.
 * @param scenes in story order
 */
export function continuityWarnings(
  scenes: readonly WarnedScene[],
  assets: ReadonlyMap<string, WarnedAsset>,
): ContinuityWarning[] {
  const warnings: ContinuityWarning[] = [];
  const numberOf = new Map(scenes.flatMap(({ number, instances }) => instances.map(({ id }) => [id, number] as const)));
  const lastSeen = new Map<string, { instance: WarnedInstance; number: number }>();
  const named = new Set<string>();
  const words = new Map([...assets.values()].map(({ id, name }) => [id, wordsOf(name)] as const));
  const characters = [...assets.values()].filter(({ type }) => type === "CHARACTER");
  for (const scene of scenes) {
    const index = nameIndex(scene.texts);
    const isNamed = (id: string): boolean => index.has(words.get(id) ?? []);
    for (const id of assets.keys()) if (!named.has(id) && isNamed(id)) named.add(id);
    for (const instance of scene.instances) {
      const asset = assets.get(instance.projectAssetId);
      if (!asset) continue;
      const warn = (kind: WarningKind, message: string): void => {
        warnings.push({ kind, sceneId: scene.id, projectAssetId: asset.id, sceneAssetId: instance.id, message });
      };
      const earlier = lastSeen.get(asset.id);
      if (!earlier && scene.number > 1 && !named.has(asset.id))
        warn("NOT_INTRODUCED", `${asset.name} appears, and no script or shot up to here names it`);
      const vanished = vanishedTags(earlier?.instance, instance);
      if (earlier && vanished.length > 0)
        warn(
          "TAG_VANISHED",
          `${asset.name} was ${vanished.join(", ")} in scene ${earlier.number} and is not here; no change says why`,
        );
      if (instance.isLocked && effectiveDescription(instance, asset) !== asset.description)
        warn("LOCKED_DIFFERS", `${asset.name} is locked here with another description than the project asset has`);
      const source = sourceProblem(instance, scene.number, numberOf);
      if (source !== null) warn("SOURCE_NOT_EARLIER", `${asset.name} started from ${source}`);
      lastSeen.set(asset.id, { instance, number: scene.number });
    }
    if (scene.instances.length === 0) continue;
    const cast = new Set(scene.instances.map(({ projectAssetId }) => projectAssetId));
    for (const { id, name } of characters)
      if (!cast.has(id) && isNamed(id))
        warnings.push({
          kind: "CAST_INCOMPLETE",
          sceneId: scene.id,
          projectAssetId: id,
          sceneAssetId: null,
          message: `the script names ${name}, who is not among the scene's assets`,
        });
  }
  return warnings;
}

/** Tags of the last appearance that are gone, though it carries forward and nobody took them away. */
function vanishedTags(earlier: WarnedInstance | undefined, instance: WarnedInstance): string[] {
  if (!earlier?.carryForward) return [];
  return earlier.statusTags.filter((tag) => !instance.statusTags.includes(tag) && !instance.removedTags.includes(tag));
}

function sourceProblem(
  { inheritedFromId, inheritedFromNumber }: WarnedInstance,
  number: number,
  numberOf: ReadonlyMap<string, number>,
): string | null {
  if (inheritedFromId === null) return null;
  const source = numberOf.get(inheritedFromId);
  if (source === undefined) return `an instance of scene ${inheritedFromNumber ?? "?"}, which is gone`;
  return source < number ? null : `scene ${source}, which does not come earlier any more`;
}
