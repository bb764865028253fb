import type { Take } from "#platform/db/generated/client.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { jobLoader } from "#domains/queue/queue.loaders.ts";
import { generateTakes } from "#domains/takes/generate-takes.service.ts";
import { BoundaryInput, readBoundary } from "#domains/takes/segments/segments.graphql.ts";
import { TakeType } from "#domains/takes/takes.graphql.ts";
import { generateTake } from "#domains/takes/takes.service.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation } from "#graphql/mutation.ts";

mutation("generateTake", {
  description: "Renders a scene type for a character.",
  input: builder.inputType("GenerateTakeInput", {
    description: "What to render.",
    fields: (t) => ({
      sceneTypeId: t.id({ required: true, description: "What." }),
      characterId: t.id({ required: true, description: "For whom." }),
      inputAssetId: t.id({ description: "The reference image, for workflows that start from one." }),
      seed: t.field({ type: "BigInt", description: "Drawn unless said." }),
      params: t.field({ type: "JSON", description: "Values by parameter key." }),
      allowUnresolved: t.boolean({
        defaultValue: false,
        description: "Lets {placeholders} that nothing fills stand in the prompts.",
      }),
      idempotencyKey: t.string({ description: "The same key from the same person gives the first take again." }),
      boundary: t.field({
        type: BoundaryInput,
        description: "How clips hand over to the next; by their last frame unless said.",
      }),
    }),
  }),
  payload: builder.objectRef<{ take: Take }>("GenerateTakePayload").implement({
    description: "Answer of a mutation: the take and its job.",
    fields: (t) => ({
      take: t.field({ type: TakeType, description: "The take.", resolve: ({ take }) => take }),
      job: t.field({
        type: JobType,
        description: "The job that renders it.",
        resolve: async ({ take }, _args, context) =>
          expectLoaded(await jobLoader(context).load(take.jobId ?? ""), "The job"),
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => ({
    take: await generateTake(deps, viewer, {
      sceneTypeId: requireId("SceneType", input.sceneTypeId, ["sceneTypeId"]),
      characterId: requireId("Character", input.characterId, ["characterId"]),
      inputAssetId: optionalId("Asset", input.inputAssetId, ["inputAssetId"]),
      seed: input.seed ?? undefined,
      params: input.params,
      allowUnresolved: input.allowUnresolved ?? false,
      idempotencyKey: input.idempotencyKey ?? undefined,
      ...readBoundary(input.boundary),
    }),
  }),
});

mutation("generateTakes", {
  description: "Renders every scene type for every character; all are checked before the first is queued.",
  input: builder.inputType("GenerateTakesInput", {
    description: "What to render.",
    fields: (t) => ({
      sceneTypeIds: t.idList({ required: true, description: "What." }),
      characterIds: t.idList({ required: true, description: "For whom; at most 200 takes in all." }),
      inputAssetId: t.id({ description: "The reference image; each character's first one unless said." }),
      seed: t.field({ type: "BigInt", description: "Of all; drawn for each unless said." }),
      params: t.field({ type: "JSON", description: "Values by parameter key, for all." }),
      allowUnresolved: t.boolean({
        defaultValue: false,
        description: "Lets {placeholders} that nothing fills stand in the prompts.",
      }),
      idempotencyKey: t.string({
        description: "The same key from the same person gives the first takes again, and makes those that are missing.",
      }),
      boundary: t.field({
        type: BoundaryInput,
        description: "How clips hand over to the next; by their last frame unless said.",
      }),
    }),
  }),
  payload: builder.objectRef<{ takes: Take[] }>("GenerateTakesPayload").implement({
    description: "Answer of a mutation: the takes.",
    fields: (t) => ({
      takes: t.field({
        type: [TakeType],
        description: "By scene type, then character.",
        resolve: ({ takes }) => takes,
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => ({
    takes: await generateTakes(deps, viewer, {
      sceneTypeIds: input.sceneTypeIds.map((id, n) => requireId("SceneType", id, ["sceneTypeIds", String(n)])),
      characterIds: input.characterIds.map((id, n) => requireId("Character", id, ["characterIds", String(n)])),
      inputAssetId: optionalId("Asset", input.inputAssetId, ["inputAssetId"]),
      seed: input.seed ?? undefined,
      params: input.params,
      allowUnresolved: input.allowUnresolved ?? false,
      idempotencyKey: input.idempotencyKey ?? undefined,
      ...readBoundary(input.boundary),
    }),
  }),
});
