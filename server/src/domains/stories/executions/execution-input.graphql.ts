import type { InputFieldBuilder } from "@pothos/core";
import type { ExecutionInput, StageInput } from "#domains/stories/executions/plan-execution.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;
type Builder = InputFieldBuilder<Types, "InputObject">;

const stageFields = (t: Builder) => ({
  workflowId: t.id({ required: true, description: "Which workflow." }),
  workflowVersionId: t.id({ description: "Which version; the current one unless said." }),
  params: t.field({
    type: "JSON",
    description:
      "Values by parameter key, for all scenes; what a scene says itself (size, LoRAs, pose, mask, depth) goes before them.",
  }),
});

const ImageStageInput = builder.inputType("ExecutionImagesInput", {
  description: "The first stage: a workflow that makes images, from the input picture or from text alone.",
  fields: stageFields,
});

const VideoStageInput = builder.inputType("ExecutionVideosInput", {
  description: "The second stage: a workflow that makes a clip from a first and a last picture.",
  fields: (t) => ({
    ...stageFields(t),
    firstFrameKey: t.string({
      description: "The IMAGE parameter that takes the first picture; told by names and order unless said.",
    }),
    lastFrameKey: t.string({
      description: "The IMAGE parameter that takes the last picture; told by names and order unless said.",
    }),
  }),
});

/** What a look ahead and a start are told alike. */
export const executionFields = (t: Builder) => ({
  branchId: t.id({ required: true, description: "What to render: at least two scenes, at most 500." }),
  inputAssetId: t.id({ required: true, description: "The picture to start from." }),
  images: t.field({ type: ImageStageInput, required: true, description: "How the images are made." }),
  videos: t.field({ type: VideoStageInput, required: true, description: "How the clips between them are made." }),
  variants: t.int({
    defaultValue: 1,
    description: "Images of each scene, 1 to 20; at most 2,000 images in all.",
  }),
  seed: t.field({
    type: "BigInt",
    description: "Of the first image, from which the others count on; drawn unless said.",
  }),
  pool: t.string({ description: "The machines that make it; `default` unless said." }),
  priority: t.int({ description: "Of its jobs, -1000 to 1000; higher goes first." }),
});

interface StageValues {
  workflowId: string | number;
  workflowVersionId?: string | number | null | undefined;
  params?: unknown;
}

interface ExecutionValues {
  branchId: string | number;
  inputAssetId: string | number;
  images: StageValues;
  videos: StageValues & { firstFrameKey?: string | null | undefined; lastFrameKey?: string | null | undefined };
  variants?: number | null | undefined;
  seed?: bigint | null | undefined;
  pool?: string | null | undefined;
  priority?: number | null | undefined;
}

function readStage({ workflowId, workflowVersionId, params }: StageValues, field: string): StageInput {
  const versionId = workflowVersionId == null ? undefined : String(workflowVersionId);
  return {
    workflowId: requireId("Workflow", String(workflowId), [field, "workflowId"]),
    workflowVersionId: optionalId("WorkflowVersion", versionId, [field, "workflowVersionId"]),
    params: params ?? undefined,
  };
}

/** @throws NotFoundError that names the field */
export function readExecutionInput(input: ExecutionValues): ExecutionInput {
  const { videos, variants, seed, pool, priority } = input;
  return {
    branchId: requireId("Branch", String(input.branchId), ["branchId"]),
    inputAssetId: requireId("Asset", String(input.inputAssetId), ["inputAssetId"]),
    images: readStage(input.images, "images"),
    videos: {
      ...readStage(videos, "videos"),
      firstFrameKey: videos.firstFrameKey ?? undefined,
      lastFrameKey: videos.lastFrameKey ?? undefined,
    },
    variants: variants ?? undefined,
    seed: seed ?? undefined,
    pool: pool ?? undefined,
    priority: priority ?? undefined,
  };
}
