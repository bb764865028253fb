import type { TakeChange } from "#domains/takes/logic/take-changes.ts";
import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import { TextSpanType } from "#domains/prompts/resolution.graphql.ts";
import { SnapshotType } from "#domains/queue/prompt-snapshot.graphql.ts";
import { reproduceTake } from "#domains/takes/reproduce-take.service.ts";
import { rateTake } from "#domains/takes/rate-take.service.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import type { TakePrompt } from "#domains/takes/take-record.ts";
import { takeLoader, TakeType } from "#domains/takes/takes.graphql.ts";
import { frameChanges } from "#domains/takes/upstream/upstream.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { defineLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

builder.objectField(SnapshotType, "spans", (t) =>
  t.field({
    type: [TextSpanType],
    nullable: true,
    description: "The text in pieces by the layer that each came from; null where it was given with the submission.",
    resolve: (prompt: TakePrompt) => prompt.spans ?? null,
  }),
);

const frameChangesLoader = defineLoader<TakeChange[]>(async ({ deps }, ids) =>
  frameChanges(
    deps,
    await deps.db.prisma.take.findMany({ where: { id: { in: [...ids] } }, select: { id: true, sourceTakeId: true } }),
  ),
);

const TakeChangeType = builder.objectRef<TakeChange>("TakeChange").implement({
  description: "What a repeated take has otherwise than the one that it repeats.",
  fields: (t) => ({
    path: t.exposeString("path", {
      description:
        "seed, workflowVersion, inputAsset (hashes), params.<key>, prompts.<node>.<input>, or segments.<n>.seedFrame (hashes) once it is rendered.",
    }),
    before: t.exposeString("before", { nullable: true, description: "There; null when it had none." }),
    after: t.exposeString("after", { nullable: true, description: "Here; null when it has none." }),
  }),
});

builder.objectFields(TakeType, (t) => ({
  reviewNote: t.exposeString("reviewNote", { nullable: true, description: "What the reviewer wrote." }),
  rating: t.exposeInt("rating", {
    nullable: true,
    description: "1 to 5 stars that somebody gave it; null when nobody did. It decides nothing.",
  }),
  reviewedBy: t.field({
    type: UserType,
    nullable: true,
    description: "Who reviewed it last.",
    resolve: ({ reviewedById }, _args, context) =>
      reviewedById === null ? null : userLoader(context).load(reviewedById),
  }),
  reviewedAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "When it was reviewed last.",
    resolve: ({ reviewedAt }) => reviewedAt,
  }),
  sourceTake: t.field({
    type: TakeType,
    nullable: true,
    description: "The take that it repeats.",
    resolve: ({ sourceTakeId }, _args, context) => (sourceTakeId ? takeLoader(context).load(sourceTakeId) : null),
  }),
  changes: t.field({
    type: [TakeChangeType],
    description: "What it has otherwise than the take that it repeats; none: exactly the same.",
    resolve: async ({ id, changes, sourceTakeId }, _args, context) => [
      ...(changes as unknown as TakeChange[]),
      ...(sourceTakeId === null ? [] : ((await frameChangesLoader(context).load(id)) ?? [])),
    ],
  }),
}));

const VerdictType = builder.enumType("ReviewVerdict", {
  description: "What a reviewer says of a take.",
  values: {
    APPROVED: { description: "It is good." },
    REJECTED: { description: "It is not." },
    REVIEW: { description: "Back to undecided." },
  } as const,
});

mutation("reviewTake", {
  description: "Approves or rejects a take that is rendered, with a note.",
  input: builder.inputType("ReviewTakeInput", {
    description: "Which take, and what of it.",
    fields: (t) => ({
      takeId: t.id({ required: true, description: "The take." }),
      verdict: t.field({ type: VerdictType, required: true, description: "What the reviewer says." }),
      note: t.string({ description: "Why; it replaces an earlier note." }),
    }),
  }),
  payload: payloadOf("ReviewTakePayload", "take", TakeType, "The take."),
  resolve: async ({ takeId, verdict, note }, { deps, viewer }) => ({
    take: await reviewTake(deps, viewer, {
      takeId: requireId("Take", takeId, ["takeId"]),
      verdict,
      note: note ?? undefined,
    }),
  }),
});

mutation("rateTake", {
  description: "Gives a take 1 to 5 stars, whatever state it is in; the verdict stays what it is.",
  input: builder.inputType("RateTakeInput", {
    description: "Which take, and how many stars.",
    fields: (t) => ({
      takeId: t.id({ required: true, description: "The take." }),
      rating: t.int({ description: "1 to 5; null takes the stars away." }),
    }),
  }),
  payload: payloadOf("RateTakePayload", "take", TakeType, "The take."),
  resolve: async ({ takeId, rating }, { deps, viewer }) => ({
    take: await rateTake(deps, viewer, { takeId: requireId("Take", takeId, ["takeId"]), rating: rating ?? null }),
  }),
});

mutation("reproduceTake", {
  description: "Renders a take again from its snapshot, exactly or with changes, whatever was edited since.",
  input: builder.inputType("ReproduceTakeInput", {
    description: "Which take, and what is to be otherwise; nothing: the same again.",
    fields: (t) => ({
      takeId: t.id({ required: true, description: "The take." }),
      seed: t.field({ type: "BigInt", description: "Another seed." }),
      inputAssetId: t.id({ description: "Another reference image." }),
      params: t.field({ type: "JSON", description: "Other values by parameter key." }),
      prompts: t.field({
        type: [
          builder.inputType("ReproducedTextInput", {
            description: "Another text, in all of its clips.",
            fields: (t) => ({
              slotId: t.id({ required: true, description: "The slot." }),
              text: t.string({ required: true, description: "The text as it is to be rendered." }),
            }),
          }),
        ],
        description: "Other texts.",
      }),
      idempotencyKey: t.string({ description: "The same key from the same person gives the first take again." }),
    }),
  }),
  payload: payloadOf("ReproduceTakePayload", "take", TakeType, "The new take."),
  resolve: async (input, { deps, viewer }) => ({
    take: await reproduceTake(deps, viewer, {
      takeId: requireId("Take", input.takeId, ["takeId"]),
      seed: input.seed ?? undefined,
      inputAssetId: optionalId("Asset", input.inputAssetId, ["inputAssetId"]),
      params: input.params,
      prompts: input.prompts?.map(({ slotId, text }, n) => ({
        slotId: requireId("PromptSlot", slotId, ["prompts", String(n), "slotId"]),
        text,
      })),
      idempotencyKey: input.idempotencyKey ?? undefined,
    }),
  }),
});
