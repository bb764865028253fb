import type { WorkflowCategory } from "#gql/graphql.ts";

export const categoryLabels: Record<WorkflowCategory, string> = {
  IMAGE_GEN: "Image generation",
  VIDEO_GEN: "Video generation",
  IMAGE_UPSCALE: "Image upscale",
  VIDEO_UPSCALE: "Video upscale",
  OTHER: "Other",
};

export const categoryOptions = Object.entries(categoryLabels).map(([value, label]) => ({ value, label }));
