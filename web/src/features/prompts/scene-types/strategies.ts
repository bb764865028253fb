import type { GenerationStrategy } from "#gql/graphql.ts";

export const strategyOptions: { value: GenerationStrategy; label: string }[] = [
  { value: "PLATFORM_ORCHESTRATED", label: "Callsheet makes the segments" },
  { value: "WORKFLOW_MANAGED", label: "The workflow makes everything" },
];

export const strategyHelp: Record<GenerationStrategy, string> = {
  PLATFORM_ORCHESTRATED:
    "Long clips are rendered segment by segment, each starting from the last frame of the one before. Start and continuation prompts apply.",
  WORKFLOW_MANAGED:
    "One run renders the whole take. All resolved prompts go in at once; chunks are told apart by file name.",
};
