import type { Viewer } from "#domains/accounts/viewer.ts";
import { FragmentType } from "#domains/fragments/fragments.graphql.ts";
import { type FragmentSuggestion, suggestFragments } from "#domains/prompts/suggest-fragments.service.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { ValidationError } from "#lib/domain-error.ts";

const usualCount = 20;
const maxCount = 100;

const FragmentSuggestionType = builder.objectRef<FragmentSuggestion>("FragmentSuggestion").implement({
  description: "A fragment that fits a character.",
  fields: (t) => ({
    fragment: t.field({ type: FragmentType, description: "The fragment.", resolve: ({ fragment }) => fragment }),
    matched: t.exposeStringList("matched", { description: "Words of the character's metadata that it has." }),
    usesInSceneType: t.exposeInt("usesInSceneType", {
      description: "How many overrides of the scene type refer to it.",
    }),
    rankedBy: t.exposeString("rankedBy", {
      nullable: true,
      description: "The language model that put it in its place; null where they come by their use.",
    }),
    why: t.exposeString("why", { nullable: true, description: "What that model says for it, in its own words." }),
  }),
});

const FragmentRankingType = builder.enumType("FragmentRanking", {
  description: "What suggested fragments are ordered by.",
  values: {
    USE: { description: "By their use in the scene type, then by how well they match." },
    MODEL: { description: "By a language model; where there is none that answers, as by USE." },
  },
});

builder.queryField("suggestFragments", (t) =>
  t.field({
    type: [FragmentSuggestionType],
    description:
      "Fragments whose tags or text match the character's metadata, the most used in the scene type first; without those that the slot has.",
    complexity: 10,
    args: {
      characterId: t.arg.id({ required: true, description: "For whom." }),
      sceneTypeId: t.arg.id({ required: true, description: "In which scene type." }),
      slotId: t.arg.id({ required: true, description: "For which slot." }),
      ranking: t.arg({
        type: FragmentRankingType,
        defaultValue: "USE",
        description: "Who orders them. MODEL is for CREATOR and ADMIN, and takes as long as the model does.",
      }),
      first: t.arg.int({ defaultValue: usualCount, description: `How many at most, 1 to ${maxCount}.` }),
    },
    authScopes: (_root, { ranking }) => (ranking === "MODEL" ? { creator: true } : { viewer: true }),
    resolve: (_root, { ranking, ...args }, { deps, viewer }) => {
      const limit = args.first ?? usualCount;
      if (limit < 1 || limit > maxCount)
        throw ValidationError.at(["first"], `first must be between 1 and ${maxCount}, not ${limit}`);
      return suggestFragments(deps, viewer as Viewer, {
        characterId: requireId("Character", args.characterId, ["characterId"]),
        sceneTypeId: requireId("SceneType", args.sceneTypeId, ["sceneTypeId"]),
        slotId: requireId("PromptSlot", args.slotId, ["slotId"]),
        limit,
        byModel: ranking === "MODEL",
      });
    },
  }),
);
