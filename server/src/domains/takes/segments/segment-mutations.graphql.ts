import { pickBoundaryFrame } from "#domains/takes/segments/pick-frame.service.ts";
import { remakeSegment } from "#domains/takes/segments/remake-segment.service.ts";
import { extendTake } from "#domains/takes/segments/segments.service.ts";
import { TakeType } from "#domains/takes/takes.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

mutation("pickBoundaryFrame", {
  description: "Ends a waiting segment with a frame; its clip is cut there, and the take goes on.",
  input: builder.inputType("PickBoundaryFrameInput", {
    description: "Which frame of which segment.",
    fields: (t) => ({
      segmentId: t.id({ required: true, description: "The segment that is WAITING." }),
      frame: t.int({ required: true, description: "The number of one of its candidates." }),
    }),
  }),
  payload: payloadOf("PickBoundaryFramePayload", "take", TakeType, "The take, which goes on."),
  resolve: async ({ segmentId, frame }, { deps, viewer }) => ({
    take: await pickBoundaryFrame(deps, viewer, {
      segmentId: requireId("TakeSegment", segmentId, ["segmentId"]),
      frame,
    }),
  }),
});

mutation("extendTake", {
  description: "Lets a take go on for some more segments from where it ends, while nobody has decided about it.",
  input: builder.inputType("ExtendTakeInput", {
    description: "Which take, and by how much.",
    fields: (t) => ({
      takeId: t.id({ required: true, description: "The take." }),
      segments: t.int({ required: true, description: "How many segments more." }),
    }),
  }),
  payload: payloadOf("ExtendTakePayload", "take", TakeType, "The take, which goes on."),
  resolve: async ({ takeId, segments }, { deps, viewer }) => ({
    take: await extendTake(deps, viewer, { takeId: requireId("Take", takeId, ["takeId"]), segments }),
  }),
});

mutation("remakeSegment", {
  description:
    "Makes a segment of a take that is in REVIEW anew and joins the clip again; segments after it become stale unless they are made anew, too.",
  input: builder.inputType("RemakeSegmentInput", {
    description: "Which segment, and how.",
    fields: (t) => ({
      segmentId: t.id({ required: true, description: "The segment." }),
      seed: t.field({ type: "BigInt", description: "Another seed for it; the one that it has unless said." }),
      withFollowing: t.boolean({ defaultValue: false, description: "Makes all segments after it anew, too." }),
    }),
  }),
  payload: payloadOf("RemakeSegmentPayload", "take", TakeType, "The take, which goes on."),
  resolve: async ({ segmentId, seed, withFollowing }, { deps, viewer }) => ({
    take: await remakeSegment(deps, viewer, {
      segmentId: requireId("TakeSegment", segmentId, ["segmentId"]),
      seed: seed ?? undefined,
      withFollowing: withFollowing ?? false,
    }),
  }),
});
