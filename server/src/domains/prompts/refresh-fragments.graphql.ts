import { targetTypes } from "#domains/prompts/override-target.ts";
import { PromptOverrideType } from "#domains/prompts/overrides.graphql.ts";
import { OverrideScopeType } from "#domains/prompts/prompts.enums.graphql.ts";
import { type Refreshed, refreshOverrideFragments } from "#domains/prompts/refresh-fragments.service.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";
import { ValidationError } from "#lib/domain-error.ts";

mutation("refreshOverrideFragments", {
  description:
    "Brings the texts of fragments in overrides up to what the library says now: of one override, or of all of a scene type, a target, or both.",
  input: builder.inputType("RefreshOverrideFragmentsInput", {
    description: "Which overrides.",
    fields: (t) => ({
      overrideId: t.id({ description: "One override; the other fields are left out then." }),
      sceneTypeId: t.id({ description: "Those of this scene type." }),
      scope: t.field({ type: OverrideScopeType, description: "What targetId is." }),
      targetId: t.id({ description: "Those of this project, group or character, as scope says." }),
    }),
  }),
  payload: builder.objectRef<Refreshed>("RefreshOverrideFragmentsPayload").implement({
    description: "Answer of a mutation: what changed.",
    fields: (t) => ({
      overrides: t.field({
        type: [PromptOverrideType],
        description: "The overrides that changed, as they are now.",
        resolve: (payload) => payload.overrides,
      }),
      refreshedCount: t.exposeInt("refreshedCount", { description: "How many entries have a new text." }),
    }),
  }),
  resolve: async ({ overrideId, scope, ...input }, { deps, viewer }) => {
    if (overrideId != null) {
      if (input.sceneTypeId != null || scope != null || input.targetId != null)
        throw ValidationError.at(["overrideId"], "name one override, or a scene type and target, not both");
      return refreshOverrideFragments(deps, viewer, {
        overrideId: requireId("PromptOverride", overrideId, ["overrideId"]),
      });
    }
    if ((scope == null) !== (input.targetId == null))
      throw ValidationError.at([scope == null ? "scope" : "targetId"], "scope and targetId go together");
    return refreshOverrideFragments(deps, viewer, {
      sceneTypeId: optionalId("SceneType", input.sceneTypeId, ["sceneTypeId"]),
      scope: scope ?? undefined,
      targetId: scope == null ? undefined : optionalId(targetTypes[scope], input.targetId, ["targetId"]),
    });
  },
});
