import { assetLoader, type AssetRow, AssetType } from "#domains/assets/assets.graphql.ts";
import {
  maxRelatives,
  resultsLoader,
  sourcesLoader,
  takeOfAssetLoader,
  takesFromLoader,
} from "#domains/takes/lineage/lineage.loaders.ts";
import { takeLoader, TakeType } from "#domains/takes/takes.graphql.ts";
import { builder } from "#graphql/builder.ts";

/** What the viewer may see of them, in their order. */
const seen = <Value>(values: readonly (Value | Error | null)[]): Value[] =>
  values.filter((value): value is Value => value !== null && !(value instanceof Error));

const LineageType = builder.objectRef<AssetRow>("AssetLineage").implement({
  description: `What a file was made from, and what was made from it; of each the newest ${maxRelatives}.`,
  fields: (t) => ({
    sources: t.field({
      type: [AssetType],
      description: "The input of its run, the clip whose frame that was, or the clips that were joined.",
      complexity: 10,
      resolve: async ({ id }, _args, context) => {
        const found = await sourcesLoader(context).load(id);
        return seen(await assetLoader(context).loadMany(found.map(({ relativeId }) => relativeId)));
      },
    }),
    results: t.field({
      type: [AssetType],
      description: "Outputs of runs that started from it or from a frame of it, and the clip that it was joined into.",
      complexity: 10,
      resolve: async ({ id }, _args, context) => {
        const found = await resultsLoader(context).load(id);
        return seen(await assetLoader(context).loadMany(found.map(({ relativeId }) => relativeId)));
      },
    }),
    takes: t.field({
      type: [TakeType],
      description: "Takes that have it, or a frame of it, as their reference image.",
      complexity: 10,
      resolve: async ({ id }, _args, context) => {
        const found = await takesFromLoader(context).load(id);
        return seen(await takeLoader(context).loadMany(found.map(({ relativeId }) => relativeId)));
      },
    }),
  }),
});

builder.objectFields(AssetType, (t) => ({
  lineage: t.field({
    type: LineageType,
    description: "What it was made from, and what was made from it.",
    resolve: (asset) => asset,
  }),
  take: t.field({
    type: TakeType,
    nullable: true,
    description: "The take that it is a file of; null for other jobs' outputs and for what people brought.",
    resolve: async ({ id }, _args, context) => {
      const takeId = await takeOfAssetLoader(context).load(id);
      return takeId === null ? null : takeLoader(context).load(takeId);
    },
  }),
}));
