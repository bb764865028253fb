import { DraftDefaultInput, DraftOverrideInput, readDrafts } from "#domains/prompts/resolution.graphql.ts";
import { compareVariants } from "#domains/takes/compare-variants.service.ts";
import { keepVariant } from "#domains/takes/keep-variant.service.ts";
import { TakeComparisonType } from "#domains/takes/take-comparisons.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const PromptVariantInput = builder.inputType("PromptVariantInput", {
  description: "Unsaved texts to render with; without any, the variant stands for what is stored.",
  fields: (t) => ({
    label: t.string({ description: "What to call it; A, B and so on unless said." }),
    texts: t.field({
      type: [
        builder.inputType("VariantTextInput", {
          description: "A text in place of the character's, whose fragments stay.",
          fields: (t) => ({
            slotId: t.id({ required: true, description: "The slot." }),
            text: t.string({ required: true, description: "The text, with {placeholders}." }),
          }),
        }),
      ],
      description: "Texts by slot.",
    }),
    draftDefaults: t.field({ type: [DraftDefaultInput], description: "Unsaved texts of the scene type." }),
    draftOverrides: t.field({ type: [DraftOverrideInput], description: "Unsaved overrides." }),
  }),
});

mutation("compareVariants", {
  description: "Renders one take with several prompt variants, all from the same seed.",
  input: builder.inputType("CompareVariantsInput", {
    description: "What to render, and the variants.",
    fields: (t) => ({
      sceneTypeId: t.id({ required: true, description: "What." }),
      characterId: t.id({ required: true, description: "For whom." }),
      variants: t.field({ type: [PromptVariantInput], required: true, description: "Two to eight variants." }),
      inputAssetId: t.id({ description: "The reference image, for workflows that start from one." }),
      seed: t.field({ type: "BigInt", description: "The seed of all variants; drawn unless said." }),
      params: t.field({ type: "JSON", description: "Values by parameter key, for all variants." }),
      allowUnresolved: t.boolean({
        defaultValue: false,
        description: "Lets {placeholders} that nothing fills stand in the prompts.",
      }),
      idempotencyKey: t.string({ description: "The same key from the same person gives the first comparison again." }),
    }),
  }),
  payload: payloadOf("CompareVariantsPayload", "comparison", TakeComparisonType, "The comparison with its takes."),
  resolve: async (input, { deps, viewer }) => ({
    comparison: await compareVariants(deps, viewer, {
      sceneTypeId: requireId("SceneType", input.sceneTypeId, ["sceneTypeId"]),
      characterId: requireId("Character", input.characterId, ["characterId"]),
      inputAssetId: optionalId("Asset", input.inputAssetId, ["inputAssetId"]),
      seed: input.seed ?? undefined,
      params: input.params,
      allowUnresolved: input.allowUnresolved ?? false,
      idempotencyKey: input.idempotencyKey ?? undefined,
      variants: input.variants.map(({ label, texts, ...drafts }, index) => {
        const at = ["variants", String(index)];
        const { draftDefaults = [], draftOverrides = [] } = readDrafts(drafts, at);
        return {
          label: label ?? undefined,
          draftDefaults,
          draftOverrides,
          draftTexts: (texts ?? []).map(({ slotId, text }, n) => ({
            slotId: requireId("PromptSlot", slotId, [...at, "texts", String(n), "slotId"]),
            text,
          })),
        };
      }),
    }),
  }),
});

const KeepScopeType = builder.enumType("KeepScope", {
  description: "Where the texts of a variant are saved.",
  values: {
    SCENE_TYPE: { description: "As the scene type's texts, for everybody." },
    PROJECT: { description: "As overrides of the character's project." },
    GROUP: { description: "As overrides of the character's group." },
    CHARACTER: { description: "As overrides of the character." },
  } as const,
});

mutation("keepVariant", {
  description: "Saves the texts of a variant and marks it as the winner of its comparison.",
  input: builder.inputType("KeepVariantInput", {
    description: "Which variant, and where to.",
    fields: (t) => ({
      takeId: t.id({ required: true, description: "The variant's take." }),
      scope: t.field({ type: KeepScopeType, required: true, description: "Where its texts are saved." }),
    }),
  }),
  payload: payloadOf("KeepVariantPayload", "comparison", TakeComparisonType, "The comparison with its winner."),
  resolve: async (input, { deps, viewer }) => ({
    comparison: await keepVariant(deps, viewer, {
      takeId: requireId("Take", input.takeId, ["takeId"]),
      scope: input.scope,
    }),
  }),
});
