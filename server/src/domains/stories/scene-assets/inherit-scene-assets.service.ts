import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeScene, type StoryDeps } from "#domains/stories/change-branch.ts";
import { type CarryChoice, inheritedStates, startingStates } from "#domains/stories/logic/inheritance.ts";
import type { NewState } from "#domains/stories/logic/scene-state.ts";
import { priorScene } from "#domains/stories/scene-assets/prior-scene.ts";
import { recordChanges, type StateChange, storeStates } from "#domains/stories/scene-assets/store-states.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { ProjectAsset, Scene, SceneAsset } from "#platform/db/generated/client.ts";

export interface InheritInput {
  sceneId: string;
  /** What people want of single assets; the others follow their instance's carryForward. */
  choices: readonly { projectAssetId: string; choice: CarryChoice }[];
  /** Starts from the locked project assets, whatever the scene before has. */
  fromProjectAssets: boolean;
}

export interface Inherited {
  scene: Scene;
  sceneAssets: SceneAsset[];
  /** Assets to be designed later, which a first scene is not given by itself. */
  notReady: ProjectAsset[];
}

/**
 * Gives a scene the state in which the one before left its assets; the first scene the locked project assets.
 * @throws NotFoundError, ConflictError (HAS_INSTANCES, NO_PRIOR_STATE), ValidationError for a choice of an asset that the
 *   scene before has not
 */
export async function inheritSceneAssets(deps: StoryDeps, viewer: Viewer, input: InheritInput): Promise<Inherited> {
  return changeScene(deps, viewer, input.sceneId, ["sceneId"], async (tx, scene) => {
    const assets = await tx.projectAsset.findMany({
      where: { branchId: scene.branchId },
      orderBy: [{ type: "asc" }, { name: "asc" }],
    });
    const byId = new Map(assets.map((asset) => [asset.id, asset]));
    for (const [index, { projectAssetId }] of input.choices.entries())
      if (!byId.has(projectAssetId))
        throw new NotFoundError("The project asset, among those of the branch,", [
          "choices",
          String(index),
          "projectAssetId",
        ]);
    if ((await tx.sceneAsset.count({ where: { sceneId: scene.id } })) > 0)
      throw new ConflictError(
        "The scene has assets already; inherit before the first is added, or take them out",
        "HAS_INSTANCES",
        ["sceneId"],
      );
    const prior = scene.number === 1 || input.fromProjectAssets ? null : await priorScene(tx, scene);
    if (prior) return inheritFrom(tx, viewer, scene, prior, byId, input.choices);
    if (scene.number > 1 && !input.fromProjectAssets) throw noPriorState(scene.number);
    const { states, notReady } = startingStates(assets);
    const left = new Set(
      input.choices.flatMap(({ projectAssetId, choice }) => (choice === "SKIP" ? [projectAssetId] : [])),
    );
    const wanted = states.filter(({ projectAssetId }) => !left.has(projectAssetId));
    return {
      scene,
      sceneAssets: await storeStates(tx, scene.id, wanted, () => null),
      notReady: notReady.flatMap(({ id }) => byId.get(id) ?? []),
    };
  });
}

function noPriorState(number: number): ConflictError {
  return new ConflictError(
    `Scene ${number - 1} has no assets to inherit; have them detected, add them there, or start from the project assets`,
    "NO_PRIOR_STATE",
    ["sceneId"],
  );
}

async function inheritFrom(
  tx: PrismaTx,
  viewer: Viewer,
  scene: Scene,
  prior: { number: number; assets: SceneAsset[] },
  assets: ReadonlyMap<string, ProjectAsset>,
  choices: InheritInput["choices"],
): Promise<Inherited> {
  if (prior.assets.length === 0) throw noPriorState(scene.number);
  const sourceOf = new Map(prior.assets.map((source) => [source.projectAssetId, source]));
  const stray = choices.findIndex(({ projectAssetId }) => !sourceOf.has(projectAssetId));
  if (stray >= 0)
    throw ValidationError.at(
      ["choices", String(stray), "projectAssetId"],
      `scene ${prior.number} has no instance of that asset`,
    );
  const choiceOf = new Map(choices.map(({ projectAssetId, choice }) => [projectAssetId, choice]));
  const states = inheritedStates(prior.assets, assets, choiceOf);
  const sceneAssets = await storeStates(tx, scene.id, states, () => prior.number);
  const letGo = sceneAssets.flatMap((made) => {
    const source = sourceOf.get(made.projectAssetId);
    // What the instance says by itself is no decision.
    const isDecision = source?.carryForward && choiceOf.get(made.projectAssetId) === "RESET";
    return isDecision ? changesFrom(source, made) : [];
  });
  await recordChanges(tx, letGo, { userId: viewer.userId, reason: "reset when it was inherited" });
  return { scene, sceneAssets, notReady: [] };
}

/** What a person let go of, so that nobody wonders later where it went. */
function changesFrom(source: SceneAsset, made: NewState & { id: string }): StateChange[] {
  const change = { sceneAssetId: made.id, origin: "INHERITANCE" as const };
  return [
    ...(source.descriptionOverride === null
      ? []
      : [{ ...change, field: "DESCRIPTION" as const, before: source.descriptionOverride, after: null }]),
    ...(source.statusTags.length === 0
      ? []
      : [{ ...change, field: "TAGS" as const, before: source.statusTags, after: made.statusTags }]),
    ...(source.imageId === made.imageId
      ? []
      : [{ ...change, field: "IMAGE" as const, before: source.imageId, after: made.imageId }]),
  ];
}
