import { cancelTake } from "#domains/takes/segments/cancel-take.service.ts";
import { deleteTake } from "#domains/takes/segments/delete-take.service.ts";
import { resumeTake } from "#domains/takes/segments/resume-take.service.ts";
import { TakeType } from "#domains/takes/takes.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

mutation("cancelTake", {
  description:
    "Cancels a take that is not rendered yet: its run is stopped, or it waits for no frame any more. One that is over stays as it is; repeats are harmless.",
  input: builder.inputType("CancelTakeInput", {
    description: "Which take.",
    fields: (t) => ({ takeId: t.id({ required: true, description: "The take." }) }),
  }),
  payload: payloadOf("CancelTakePayload", "take", TakeType, "The take as it is now."),
  resolve: async ({ takeId }, { deps, viewer }) => ({
    take: await cancelTake(deps, viewer, requireId("Take", takeId, ["takeId"])),
  }),
});

mutation("resumeTake", {
  description:
    "Lets a take go on where it was canceled, failed, or was rejected before it was rendered. Clips that are there stay.",
  input: builder.inputType("ResumeTakeInput", {
    description: "Which take.",
    fields: (t) => ({ takeId: t.id({ required: true, description: "The take." }) }),
  }),
  payload: payloadOf("ResumeTakePayload", "take", TakeType, "The take, which goes on."),
  resolve: async ({ takeId }, { deps, viewer }) => ({
    take: await resumeTake(deps, viewer, requireId("Take", takeId, ["takeId"])),
  }),
});

mutation("deleteTake", {
  description:
    "Deletes a take with its segments, frames and joined clips; its jobs and their outputs stay. One under way is canceled first, an approved one can't be deleted.",
  input: builder.inputType("DeleteTakeInput", {
    description: "Which take.",
    fields: (t) => ({ takeId: t.id({ required: true, description: "The take." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeleteTakePayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({ description: "The id that the take had.", resolve: ({ id }) => encodeId("Take", id) }),
    }),
  }),
  resolve: async ({ takeId }, { deps, viewer }) => {
    const id = requireId("Take", takeId, ["takeId"]);
    await deleteTake(deps, viewer, id);
    return { id };
  },
});
