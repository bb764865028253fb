import { findTakeOfFile } from "#domains/takes/recipes/find-take.service.ts";
import { loadRecipes } from "#domains/takes/recipes/recipe.service.ts";
import { TakeType } from "#domains/takes/takes.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { defineLoader } from "#graphql/loader.ts";
import type { JsonValue } from "#lib/json.ts";

/** As long as links to files live, in seconds. */
const linkLifetimeSecs = 86_400;

const recipeLoader = defineLoader<{ prompt: JsonValue; callsheet: JsonValue }>(({ deps }, takeIds) =>
  loadRecipes(deps, takeIds),
);

builder.objectFields(TakeType, (t) => ({
  recipe: t.field({
    type: "JSON",
    description:
      "How it was made: `prompt`, the graph of its first run as ComfyUI reads it, and all else in `callsheet`.",
    complexity: 10,
    resolve: (take, _args, context) => recipeLoader(context).load(take.id),
  }),
  recipeUrl: t.string({
    description: "The recipe as a JSON file to lie beside the clips: signed, valid for a day.",
    resolve: (take, _args, { deps }) => deps.signedUrls.sign(`/recipes/${take.id}/recipe.json`, linkLifetimeSecs),
  }),
}));

builder.queryField("takeOfFile", (t) =>
  t.field({
    type: TakeType,
    nullable: true,
    description:
      "The take that made an uploaded file, told by its bytes, by the texts in it, or by a recipe file; null when nothing tells.",
    args: { assetId: t.arg.id({ required: true, description: "The file." }) },
    resolve: (_root, { assetId }, { deps, viewer }) =>
      viewer ? findTakeOfFile(deps, viewer, requireId("Asset", assetId, ["assetId"])) : null,
  }),
);
