import { builder } from "#graphql/builder.ts";
import { InputKind, SlotType, WorkflowCategory, WorkflowStatus } from "#platform/db/generated/enums.ts";

export const CategoryType = builder.enumType(WorkflowCategory, {
  name: "WorkflowCategory",
  description: "What a workflow makes.",
  values: {
    VIDEO_GEN: { description: "Clips from text or pictures." },
    IMAGE_GEN: { description: "Pictures from text or pictures." },
    VIDEO_UPSCALE: { description: "Larger clips from clips." },
    IMAGE_UPSCALE: { description: "Larger pictures from pictures." },
    OTHER: { description: "Anything else." },
  },
});
export const WorkflowStatusType = builder.enumType(WorkflowStatus, {
  name: "WorkflowStatus",
  description: "How far a workflow is trusted.",
  values: {
    DRAFT: { description: "Imported, not tried." },
    TESTED: { description: "A dry run passed." },
    PRODUCTION: { description: "Valid on every machine of its pool, and a dry run passed." },
  },
});
export const InputKindType = builder.enumType(InputKind, {
  name: "InputKind",
  description: "What a workflow starts from.",
  values: {
    IMAGE: { description: "A picture." },
    VIDEO: { description: "A clip." },
    NONE: { description: "Nothing but text." },
  },
});
export const SlotTypeEnum = builder.enumType(SlotType, {
  name: "SlotType",
  description: "What a prompt asks for, told by the wiring.",
  values: {
    POSITIVE: { description: "What shall be seen." },
    NEGATIVE: { description: "What shall not be seen." },
  },
});

export const ParameterTypeEnum = builder.enumType("ParameterType", {
  description: "What values a parameter takes.",
  values: {
    TEXT: { description: "Text." },
    INT: { description: "A whole number." },
    FLOAT: { description: "A number." },
    BOOLEAN: { description: "True or false." },
    SELECT: { description: "One of the options." },
    IMAGE: { description: "The id of an asset that is a picture." },
    VIDEO: { description: "The id of an asset that is a clip." },
    AUDIO: { description: "The id of an asset that is a sound." },
    SEED: { description: "A seed, 0 to 2^64 − 1." },
  } as const,
});

export const ParameterCategoryEnum = builder.enumType("ParameterCategory", {
  description: "What a parameter is about.",
  values: {
    GENERATION: { value: "generation", description: "How much is made, and from which seed." },
    QUALITY: { value: "quality", description: "How well, how large, with which models." },
    CONTENT: { value: "content", description: "What is to be seen." },
  } as const,
});

export const StageSeedModeEnum = builder.enumType("StageSeedMode", {
  description: "Which seeds the stages of a run have.",
  values: {
    SAME: { value: 0, description: "All have the run's seed." },
    INCREMENT: { value: 1, description: "Stage n has the run's seed + n − 1." },
  } as const,
});
