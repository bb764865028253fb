import type { GenerationStrategy } from "#gql/graphql.ts";

export const strategyLabels: Record<GenerationStrategy, string> = {
  PLATFORM_ORCHESTRATED: "Callsheet makes the segments",
  WORKFLOW_MANAGED: "The workflow makes everything",
};

export const strategyOptions = (Object.keys(strategyLabels) as GenerationStrategy[]).map((value) => ({
  value,
  label: strategyLabels[value],
}));

export const strategyHelp: Record<GenerationStrategy, string> = {
  PLATFORM_ORCHESTRATED:
    "Long clips are rendered segment by segment, each starting from the last frame of the one before. Start and continuation prompts apply.",
  WORKFLOW_MANAGED:
    "One run renders the whole take. All resolved prompts go in at once; chunks are told apart by file name.",
};
