import type { BoundaryCandidate, TakeSegment } from "#platform/db/generated/client.ts";
import { BoundaryMode, SegmentStatus } from "#platform/db/generated/enums.ts";
import { assetLoader, AssetType } from "#domains/assets/assets.graphql.ts";
import { ClipPositionType } from "#domains/prompts/prompts.enums.graphql.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { SnapshotType } from "#domains/queue/prompt-snapshot.graphql.ts";
import { jobLoader } from "#domains/queue/queue.loaders.ts";
import type { TakePrompt } from "#domains/takes/take-record.ts";
import { TakeType } from "#domains/takes/takes.graphql.ts";
import { staleSegments } from "#domains/takes/upstream/upstream.ts";
import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { builder } from "#graphql/builder.ts";
import { byId, defineListLoader, defineLoader, expectLoaded } from "#graphql/loader.ts";

const segmentLoader = defineLoader<TakeSegment>(async ({ deps, viewer }, ids) =>
  byId(
    await deps.db.prisma.takeSegment.findMany({
      where: { AND: [{ id: { in: [...ids] } }, { take: visibleTakes(viewer) }] },
    }),
  ),
);

const segmentsLoader = defineListLoader<TakeSegment>(
  ({ deps }, takeIds) =>
    deps.db.prisma.takeSegment.findMany({ where: { takeId: { in: [...takeIds] } }, orderBy: { index: "asc" } }),
  (segment) => segment.takeId,
);

/** Boxed: a loader takes null for missing. */
const staleReasonLoader = defineLoader<{ reason: string }>(async ({ deps }, ids) => {
  const reasons = await staleSegments(deps, { segments: { some: { id: { in: [...ids] } } } });
  return new Map([...reasons].map(([id, reason]) => [id, { reason }]));
});

const candidatesLoader = defineListLoader<BoundaryCandidate>(
  ({ deps }, segmentIds) =>
    deps.db.prisma.boundaryCandidate.findMany({
      where: { segmentId: { in: [...segmentIds] } },
      orderBy: { index: "asc" },
    }),
  (candidate) => candidate.segmentId,
);

const BoundaryModeType = builder.enumType(BoundaryMode, {
  name: "BoundaryMode",
  description: "Which frame of a segment the next one starts from.",
  values: {
    LAST: { description: "The last." },
    LOWEST_MOTION: { description: "The stillest of the last ones; the clip is cut there." },
    MANUAL: { description: "One of the last second's, which a person picks; the clip is cut there." },
  },
});

const SegmentStatusType = builder.enumType(SegmentStatus, {
  name: "SegmentStatus",
  description: "How far a segment is.",
  values: {
    PENDING: { description: "Those before it come first." },
    GENERATING: { description: "Its job is under way." },
    WAITING: { description: "A person has to pick the frame at which it ends." },
    DONE: { description: "Its clip is there." },
    FAILED: { description: "Its job failed; a retry of the job, or `resumeTake`, goes on with it." },
    CANCELED: { description: "It was canceled, or its take was rejected before; `resumeTake` goes on with it." },
  },
});

const CandidateType = builder.objectRef<BoundaryCandidate>("BoundaryCandidate").implement({
  description: "A frame at which a segment may end.",
  fields: (t) => ({
    frame: t.exposeInt("index", { description: "Its number in the clip, from 0." }),
    secs: t.exposeFloat("secs", { description: "When it is shown, in seconds from the clip's start." }),
    asset: t.field({
      type: AssetType,
      description: "A picture of it.",
      resolve: async ({ assetId }, _args, context) =>
        expectLoaded(await assetLoader(context).load(assetId), "The asset"),
    }),
  }),
});

const SegmentType = builder.objectRef<TakeSegment>("TakeSegment");
builder.node(SegmentType, {
  description: "One clip of a take that is rendered piece by piece.",
  id: { resolve: (segment) => segment.id },
  loadOne: (id, context) => segmentLoader(context).load(id),
  fields: (t) => ({
    index: t.exposeInt("index", { description: "Its place in the take, from 0." }),
    status: t.field({ type: SegmentStatusType, description: "How far it is.", resolve: ({ status }) => status }),
    clipPosition: t.field({
      type: ClipPositionType,
      description: "Which texts it takes.",
      resolve: ({ clipPosition }) => clipPosition,
    }),
    prompts: t.field({
      type: [SnapshotType],
      description: "Its prompts, slot by slot.",
      resolve: ({ prompts }) => prompts as unknown as TakePrompt[],
    }),
    seed: t.field({ type: "BigInt", description: "Its own seed.", resolve: ({ seed }) => seed.toFixed() }),
    durationSecs: t.exposeFloat("durationSecs", { nullable: true, description: "Of its clip, in seconds." }),
    seedAsset: t.field({
      type: AssetType,
      nullable: true,
      description: "The picture that it starts from.",
      resolve: ({ seedAssetId }, _args, context) => (seedAssetId ? assetLoader(context).load(seedAssetId) : null),
    }),
    outputAsset: t.field({
      type: AssetType,
      nullable: true,
      description: "Its clip.",
      resolve: ({ outputAssetId }, _args, context) => (outputAssetId ? assetLoader(context).load(outputAssetId) : null),
    }),
    boundaryAsset: t.field({
      type: AssetType,
      nullable: true,
      description: "The frame from which the next one starts; null before one is needed.",
      resolve: ({ boundaryAssetId }, _args, context) =>
        boundaryAssetId ? assetLoader(context).load(boundaryAssetId) : null,
    }),
    boundaryFrame: t.exposeInt("boundaryIndex", {
      nullable: true,
      description: "Number of that frame in the clip, from 0.",
    }),
    boundarySecs: t.exposeFloat("boundarySecs", { nullable: true, description: "When that frame is shown." }),
    candidates: t.field({
      type: [CandidateType],
      description: "Frames to pick from while it is WAITING.",
      resolve: ({ id }, _args, context) => candidatesLoader(context).load(id),
    }),
    staleReason: t.string({
      nullable: true,
      description: "Why it is not what would be made now: it starts from a frame that is another one since.",
      resolve: async ({ id }, _args, context) => (await staleReasonLoader(context).load(id))?.reason ?? null,
    }),
    job: t.field({
      type: JobType,
      nullable: true,
      description: "The job that renders it.",
      resolve: ({ jobId }, _args, context) => (jobId ? jobLoader(context).load(jobId) : null),
    }),
  }),
});

builder.objectFields(TakeType, (t) => ({
  boundaryMode: t.field({
    type: BoundaryModeType,
    description: "Which frame of a segment the next one starts from.",
    resolve: (take) => take.boundaryMode,
  }),
  segments: t.field({
    type: [SegmentType],
    description: "Its clips in order; none where the workflow manages them itself.",
    resolve: (take, _args, context) => segmentsLoader(context).load(take.id),
  }),
}));

export const BoundaryInput = builder.inputType("BoundaryInput", {
  description: "How a clip hands over to the next.",
  fields: (t) => ({
    mode: t.field({ type: BoundaryModeType, required: true, description: "Which frame." }),
    frames: t.int({ description: "Frames among which LOWEST_MOTION looks, 2 to 240; 16 unless said." }),
  }),
});

/** As services take it. */
export function readBoundary(input: { mode: BoundaryMode; frames?: number | null | undefined } | null | undefined): {
  boundaryMode?: BoundaryMode;
  boundaryFrames?: number;
} {
  if (!input) return {};
  return { boundaryMode: input.mode, ...(input.frames == null ? {} : { boundaryFrames: input.frames }) };
}
