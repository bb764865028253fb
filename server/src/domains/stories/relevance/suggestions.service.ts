import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { changeScene, type StoryDeps } from "#domains/stories/change-branch.ts";
import { relevanceAnswer, suggestionsOf } from "#domains/stories/logic/relevance-answer.ts";
import { requireRoomForAsset } from "#domains/stories/project-assets.service.ts";
import { relevanceContext } from "#domains/stories/relevance/relevance-context.service.ts";
import { addInstance, stateFields } from "#domains/stories/scene-assets/create-scene-asset.service.ts";
import { NotFoundError, UnavailableError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { ProjectAsset, Scene, SceneAsset, SceneAssetSuggestion } from "#platform/db/generated/client.ts";

/**
 * Asks which assets a scene needs, and keeps the answer as suggestions. Nothing else is made of it.
 * @throws NotFoundError, UnavailableError (LLM_UNAVAILABLE, LLM_BAD_ANSWER)
 */
export async function detectSceneAssets(
  deps: StoryDeps & Pick<Deps, "storyRelevance">,
  viewer: Viewer,
  sceneId: string,
): Promise<SceneAssetSuggestion[]> {
  const context = await relevanceContext(deps, viewer, sceneId);
  return keepSuggestions(deps, viewer, sceneId, await deps.storyRelevance.ask(context));
}

/**
 * Puts an answer in the place of the scene's open suggestions. What people ignored or accepted before is not suggested again.
 * @returns the scene's open suggestions @throws NotFoundError, UnavailableError for an answer of another form
 */
export async function keepSuggestions(
  deps: StoryDeps,
  viewer: Viewer,
  sceneId: string,
  given: unknown,
): Promise<SceneAssetSuggestion[]> {
  const answer = relevanceAnswer.safeParse(given);
  if (!answer.success)
    throw new UnavailableError(
      "The language model answered something that can't be understood",
      "Try again, or choose another model for the relevance of assets.",
      "LLM_BAD_ANSWER",
      ["sceneId"],
    );
  return changeScene(deps, viewer, sceneId, ["sceneId"], async (tx, { branchId }) => {
    const assets = await tx.projectAsset.findMany({ where: { branchId } });
    const instances = await tx.sceneAsset.findMany({ where: { sceneId }, select: { projectAssetId: true } });
    const inScene = new Set(instances.map(({ projectAssetId }) => projectAssetId));
    await tx.sceneAssetSuggestion.deleteMany({ where: { sceneId, status: "OPEN" } });
    await tx.sceneAssetSuggestion.createMany({
      data: suggestionsOf(answer.data, assets, inScene).map((suggestion) => ({ id: uuidv7(), sceneId, ...suggestion })),
      skipDuplicates: true,
    });
    return tx.sceneAssetSuggestion.findMany({ where: { sceneId, status: "OPEN" }, orderBy: { id: "asc" } });
  });
}

export interface AcceptInput {
  sceneId: string;
  suggestions: readonly {
    id: string;
    /** In place of the suggested ones. */
    description?: string | undefined;
    statusTags?: readonly string[] | undefined;
  }[];
}

/**
 * Adds what was suggested to the scene, all or none, so that it carries forward. What the branch has not got becomes one of its
 * assets, to be approved by somebody.
 * @throws NotFoundError by position, ConflictError (IN_SCENE), ValidationError
 */
export async function acceptSceneAssets(deps: StoryDeps, viewer: Viewer, input: AcceptInput): Promise<SceneAsset[]> {
  const { suggestions } = parseInput(acceptInput, input);
  return changeScene(deps, viewer, input.sceneId, ["sceneId"], async (tx, scene) => {
    const ids = suggestions.map(({ id }) => id);
    const found = await requireSuggestions(tx, scene.id, ids, (index) => ["suggestions", String(index), "id"]);
    const made: SceneAsset[] = [];
    for (const [index, suggestion] of found.entries())
      made.push(await accept(tx, scene, suggestion, suggestions[index]));
    await tx.sceneAssetSuggestion.updateMany({ where: { id: { in: ids } }, data: { status: "ACCEPTED" } });
    return made;
  });
}

const acceptInput = z.object({
  suggestions: z
    .array(
      z.object({
        id: z.string(),
        description: stateFields.shape.descriptionOverride,
        statusTags: stateFields.shape.statusTags,
      }),
    )
    .min(1, "name at least one")
    .max(200, "name at most 200")
    .refine((each) => new Set(each.map(({ id }) => id)).size === each.length, "name each once"),
});
type Wish = z.output<typeof acceptInput>["suggestions"][number];

async function accept(
  tx: PrismaTx,
  scene: Scene,
  suggestion: SceneAssetSuggestion,
  wish: Wish | undefined,
): Promise<SceneAsset> {
  // A text that somebody emptied is none.
  const text = wish?.description === undefined ? suggestion.description : (wish.description ?? "");
  const known = await assetOf(tx, scene, suggestion);
  const asset = known ?? (await addAsset(tx, scene, suggestion, text));
  // The text of a new asset is its own; of one that is there, it is how it looks in this scene.
  const isOwn = known !== null && text !== "" && text !== known.description;
  return addInstance(tx, scene, asset, true, {
    ...(isOwn ? { descriptionOverride: text } : {}),
    statusTags: wish?.statusTags ?? suggestion.statusTags,
    carryForward: true,
  });
}

/** Somebody may have added it since it was suggested. */
function assetOf(
  tx: PrismaTx,
  { branchId }: Scene,
  { projectAssetId, type, name }: SceneAssetSuggestion,
): Promise<ProjectAsset | null> {
  return projectAssetId
    ? tx.projectAsset.findUnique({ where: { id: projectAssetId } })
    : tx.projectAsset.findUnique({ where: { branchId_type_name: { branchId, type, name } } });
}

async function addAsset(
  tx: PrismaTx,
  { branchId }: Scene,
  { type, name }: SceneAssetSuggestion,
  description: string,
): Promise<ProjectAsset> {
  await requireRoomForAsset(tx, branchId);
  return tx.projectAsset.create({ data: { branchId, type, name, description } });
}

/** Puts suggestions aside; they are not made again. @throws NotFoundError by position, ValidationError */
export async function ignoreSuggestions(
  deps: StoryDeps,
  viewer: Viewer,
  { sceneId, ids }: { sceneId: string; ids: readonly string[] },
): Promise<Scene> {
  if (ids.length === 0) throw ValidationError.at(["ids"], "name at least one");
  if (ids.length > 200) throw ValidationError.at(["ids"], "name at most 200");
  return changeScene(deps, viewer, sceneId, ["sceneId"], async (tx, scene) => {
    await requireSuggestions(tx, sceneId, ids, (index) => ["ids", String(index)]);
    await tx.sceneAssetSuggestion.updateMany({ where: { id: { in: [...ids] } }, data: { status: "IGNORED" } });
    return scene;
  });
}

/** Suggestions of a scene that nobody has accepted, in the order in which they are named. */
async function requireSuggestions(
  tx: PrismaTx,
  sceneId: string,
  ids: readonly string[],
  pathOf: (index: number) => string[],
): Promise<SceneAssetSuggestion[]> {
  const rows = await tx.sceneAssetSuggestion.findMany({
    where: { id: { in: [...ids] }, sceneId, status: { not: "ACCEPTED" } },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id, index) => {
    const row = byId.get(id);
    if (!row) throw new NotFoundError("The suggestion, among those of the scene,", pathOf(index));
    return row;
  });
}
