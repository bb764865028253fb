import { SlotTypeEnum } from "#domains/workflows/workflows.enums.graphql.ts";
import { type SlotRow, slotLoader } from "#domains/workflows/workflows.loaders.ts";
import { updatePromptSlot } from "#domains/workflows/workflows.service.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

export const PromptSlotType = builder.objectRef<SlotRow>("PromptSlot");
builder.node(PromptSlotType, {
  description: "A text input of the graph that people write prompts for.",
  id: { resolve: (slot) => slot.id },
  loadOne: (id, context) => slotLoader(context).load(id),
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The text encoder's node id." }),
    inputName: t.exposeString("inputName", { description: "The name of its text input." }),
    label: t.exposeString("label", { description: "Name for people." }),
    slotType: t.field({ type: SlotTypeEnum, description: "Positive or negative.", resolve: (slot) => slot.slotType }),
    sortOrder: t.exposeInt("sortOrder", { description: "Position among the slots, ascending." }),
    defaultText: t.string({
      nullable: true,
      description: "The text in the graph, or as an ADMIN edited it; null when the graph computes it.",
      resolve: (slot) => slot.editedDefaultText ?? slot.defaultText,
    }),
    isLinked: t.exposeBoolean("isLinked", {
      description: "Whether the graph feeds the text over a link; an override replaces the link.",
    }),
    isUserEditable: t.exposeBoolean("isUserEditable", { description: "Whether defaults and overrides may be set." }),
    description: t.exposeString("description", { nullable: true, description: "What it is for." }),
  }),
});

mutation("updatePromptSlot", {
  description: "Changes a slot's label, type, order, lock, description or default text.",
  role: "admin",
  input: builder.inputType("UpdatePromptSlotInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which slot." }),
      label: t.string({ description: "Name for people." }),
      slotType: t.field({ type: SlotTypeEnum, description: "Positive or negative." }),
      sortOrder: t.int({ description: "Position among the slots." }),
      isUserEditable: t.boolean({ description: "False locks the slot: defaults and overrides are refused." }),
      description: t.string({ description: "What it is for; empty text takes it away." }),
      defaultText: t.string({ description: "Replaces the graph's text, also in later versions." }),
      resetDefaultText: t.boolean({ description: "Takes an edited default text away: the graph's holds again." }),
    }),
  }),
  payload: payloadOf("UpdatePromptSlotPayload", "promptSlot", PromptSlotType, "The slot as it is now."),
  resolve: async (input, context) => {
    const id = requireId("PromptSlot", input.id);
    await updatePromptSlot(context.deps, id, {
      label: input.label ?? undefined,
      slotType: input.slotType ?? undefined,
      sortOrder: input.sortOrder ?? undefined,
      isUserEditable: input.isUserEditable ?? undefined,
      description: input.description ?? undefined,
      defaultText: input.defaultText ?? undefined,
      resetDefaultText: input.resetDefaultText ?? false,
    });
    return { promptSlot: expectLoaded(await slotLoader(context).load(id), "The slot") };
  },
});
