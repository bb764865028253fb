import type { Viewer } from "#domains/accounts/viewer.ts";
import { ExpectedType } from "#domains/queue/estimates/estimates.graphql.ts";
import { estimateTakes, type TimedEstimate } from "#domains/takes/estimates/estimate-takes.service.ts";
import { BoundaryInput, readBoundary } from "#domains/takes/segments/segments.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";

const TakesEstimateType = builder.objectRef<TimedEstimate>("TakesEstimate").implement({
  description:
    "What takes would take and cost, told by the latest runs of the same workflow version and size. Execution only: transfer, joining and people are no part of it.",
  fields: (t) => ({
    takeCount: t.exposeInt("takeCount", { description: "Takes that would be made." }),
    segmentCount: t.exposeInt("segmentCount", { description: "Clips of all of them together; each is a run." }),
    pickCount: t.exposeInt("pickCount", { description: "Frames that a person has to pick on the way." }),
    machineSecs: t.field({
      type: ExpectedType,
      nullable: true,
      description: "Time on machines in all; null when nothing like it has run yet.",
      resolve: ({ machineSecs }) => machineSecs,
    }),
    elapsedSecs: t.field({
      type: ExpectedType,
      nullable: true,
      description:
        "The same spread over the pool's places, where the clips of a take follow each other; null also when the pool has none.",
      resolve: ({ elapsedSecs }) => elapsedSecs,
    }),
    finishAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When all would be there, after what waits or runs on the pool already; null when unknown.",
      resolve: ({ finishAt }) => finishAt,
    }),
    sampleCount: t.exposeInt("sampleCount", { description: "Earlier runs that this is told by." }),
    credits: t.exposeFloat("credits", {
      nullable: true,
      description: "At the configured prices; null without a price, or when it is not known how much is made.",
    }),
  }),
});

const EstimateTakesInputType = builder.inputType("EstimateTakesInput", {
  description: "What would be rendered, as for `generateTakes`.",
  fields: (t) => ({
    sceneTypeIds: t.idList({ required: true, description: "What." }),
    characterIds: t.idList({ required: true, description: "For whom; at most 200 takes in all." }),
    inputAssetId: t.id({ description: "The reference image; each character's first one unless said." }),
    params: t.field({ type: "JSON", description: "Values by parameter key, for all." }),
    boundary: t.field({ type: BoundaryInput, description: "How clips hand over to the next." }),
  }),
});

builder.queryField("estimateTakes", (t) =>
  t.field({
    type: TakesEstimateType,
    description: "How long takes would take, and what they would cost, before they are made. Stores nothing.",
    authScopes: { creator: true },
    complexity: 200,
    args: { input: t.arg({ type: EstimateTakesInputType, required: true, description: "What would be rendered." }) },
    resolve: (_root, { input }, { deps, viewer }) =>
      estimateTakes(deps, viewer as Viewer, {
        sceneTypeIds: input.sceneTypeIds.map((id, n) => requireId("SceneType", id, ["sceneTypeIds", String(n)])),
        characterIds: input.characterIds.map((id, n) => requireId("Character", id, ["characterIds", String(n)])),
        inputAssetId: optionalId("Asset", input.inputAssetId, ["inputAssetId"]),
        params: input.params,
        boundaryMode: readBoundary(input.boundary).boundaryMode,
      }),
  }),
);
