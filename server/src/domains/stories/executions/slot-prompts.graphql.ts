import { BranchType } from "#domains/stories/branches.graphql.ts";
import { slotPromptsLoader } from "#domains/stories/executions/executions.loaders.ts";
import { setSlotPrompts } from "#domains/stories/executions/slot-prompts.service.ts";
import { StorySceneType } from "#domains/stories/scenes.graphql.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { slotLoader } from "#domains/workflows/workflows.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation } from "#graphql/mutation.ts";
import { ValidationError } from "#lib/domain-error.ts";
import type { SlotPrompt } from "#platform/db/generated/client.ts";

const SlotPromptType = builder.objectRef<Pick<SlotPrompt, "slotId" | "name">>("SlotPrompt").implement({
  description: "The prompt or composition that a slot of a workflow takes when scenes are rendered.",
  fields: (t) => ({
    slot: t.field({
      type: PromptSlotType,
      description: "The slot.",
      resolve: async ({ slotId }, _args, context) => expectLoaded(await slotLoader(context).load(slotId), "The slot"),
    }),
    name: t.exposeString("name", {
      description:
        "Of a prompt or composition of the scene, or else of its branch; whether it is there, a preflight tells.",
    }),
  }),
});

builder.objectField(BranchType, "slotPrompts", (t) =>
  t.field({
    type: [SlotPromptType],
    description: "What slots of workflows take in its scenes, unless those say otherwise.",
    resolve: ({ id }, _args, context) => slotPromptsLoader(context).load(id),
  }),
);

builder.objectField(StorySceneType, "slotPrompts", (t) =>
  t.field({
    type: [SlotPromptType],
    description: "What slots of workflows take in this scene, in place of what its branch says.",
    resolve: ({ id }, _args, context) => slotPromptsLoader(context).load(id),
  }),
);

const payload = builder.objectRef<{ ownerId: string }>("SetSlotPromptsPayload").implement({
  description: "Answer of a mutation: the mapping as it is now.",
  fields: (t) => ({
    slotPrompts: t.field({
      type: [SlotPromptType],
      description: "All slots that the branch, or the scene itself, maps now.",
      resolve: ({ ownerId }, _args, context) => slotPromptsLoader(context).load(ownerId),
    }),
  }),
});

mutation("setSlotPrompts", {
  description:
    "Maps slots of workflows to prompts or compositions: for all scenes of a branch, or for one scene in their place.",
  input: builder.inputType("SetSlotPromptsInput", {
    description: "Whose mapping, and what to change of it; slots that are not named stay.",
    fields: (t) => ({
      branchId: t.id({ description: "The branch whose scenes are meant; instead of sceneId." }),
      sceneId: t.id({ description: "The scene that is meant; instead of branchId." }),
      mappings: t.field({
        type: [
          builder.inputType("SlotPromptInput", {
            description: "What one slot takes.",
            fields: (f) => ({
              slotId: f.id({ required: true, description: "The slot." }),
              name: f.string({ description: "Of a prompt or composition; null takes the mapping away." }),
            }),
          }),
        ],
        required: true,
        description: "1 to 200 slots.",
      }),
    }),
  }),
  payload,
  resolve: async ({ mappings, ...input }, { deps, viewer }) => {
    const sceneId = optionalId("Scene", input.sceneId, ["sceneId"]);
    const branchId = optionalId("Branch", input.branchId, ["branchId"]);
    const ownerId = sceneId ?? branchId;
    if (ownerId === undefined || (sceneId !== undefined && branchId !== undefined))
      throw ValidationError.at(["sceneId"], "give a scene or a branch, one of both");
    const owner = sceneId === undefined ? { branchId: ownerId } : { sceneId };
    const wanted = mappings.map(({ slotId, name }, index) => ({
      slotId: requireId("PromptSlot", slotId, ["mappings", String(index), "slotId"]),
      name: name ?? null,
    }));
    await setSlotPrompts(deps, viewer, owner, wanted);
    return { ownerId };
  },
});
