import { builder } from "#graphql/builder.ts";
import { TakeStatus } from "#platform/db/generated/enums.ts";

export const TakeStatusType = builder.enumType(TakeStatus, {
  name: "TakeStatus",
  description: "How far a take is, to filter by; a take itself says it as text.",
  values: {
    PENDING: { description: "Nothing of it has begun." },
    GENERATING: { description: "Runs of it are under way, or it waits for a person to pick a frame." },
    REVIEW: { description: "It waits for a person's judgement." },
    APPROVED: { description: "A person has taken it." },
    REJECTED: { description: "A person has turned it down." },
    FAILED: { description: "A run of it has failed." },
    CANCELED: { description: "It was stopped." },
  },
});
