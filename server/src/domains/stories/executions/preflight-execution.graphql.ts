import type { Viewer } from "#domains/accounts/viewer.ts";
import { EstimateType } from "#domains/queue/estimates/estimates.graphql.ts";
import { FindingType } from "#domains/queue/preflight/preflight.graphql.ts";
import type { ExecutionFinding } from "#domains/stories/executions/execution-findings.ts";
import { executionFields, readExecutionInput } from "#domains/stories/executions/execution-input.graphql.ts";
import {
  type ExecutionPreflight,
  preflightExecution,
} from "#domains/stories/executions/preflight-execution.service.ts";
import { builder } from "#graphql/builder.ts";

const StageType = builder.enumType("ExecutionStage", {
  description: "One of the two stages of an execution.",
  values: {
    IMAGES: { description: "Images of each scene." },
    VIDEOS: { description: "Clips from each scene to the next." },
  } as const,
});

const CodeType = builder.enumType("ExecutionFindingCode", {
  description: "What stands against an execution.",
  values: {
    PROMPT_NAME_MISSING: { description: "A slot is mapped to a name that neither the scene nor its branch has." },
    PROMPTS_UNMAPPED: { description: "No positive slot is mapped: the workflow's own text is used." },
    LIBRARY_KEY_UNKNOWN: { description: "No library of the project has an entry." },
    VALUE_UNUSED: { description: "The workflow has no parameter for something that the scene says." },
    RUN: { description: "Something about the runs themselves: see `run`." },
  } as const,
});

const ExecutionFindingType = builder.objectRef<ExecutionFinding>("ExecutionFinding").implement({
  description: "Something that stands against an execution, or should be looked at first: where, and what to do.",
  fields: (t) => ({
    code: t.field({ type: CodeType, description: "What it is.", resolve: ({ code }) => code }),
    stage: t.field({ type: StageType, description: "At which stage.", resolve: ({ stage }) => stage }),
    isBlocking: t.exposeBoolean("isBlocking", { description: "Whether the execution would not be started." }),
    message: t.exposeString("message", { description: "What is wrong, for people." }),
    remedy: t.exposeString("remedy", { description: "What to do about it, for people." }),
    sceneNumbers: t.exposeIntList("sceneNumbers", {
      description: "Numbers of the scenes that it is about, from 1; of a transition that of the earlier scene.",
    }),
    suggestions: t.exposeStringList("suggestions", {
      description: "Up to three names that exist and are closest to a missing one, best first.",
    }),
    run: t.field({
      type: FindingType,
      nullable: true,
      description: "What it is at the runs, with the code RUN.",
      resolve: ({ run }) => run,
    }),
  }),
});

const PreflightType = builder.objectRef<ExecutionPreflight>("ExecutionPreflight").implement({
  description: "What would become of an execution. By what the machines said of themselves last; none is asked.",
  fields: (t) => ({
    isBlocked: t.boolean({
      description: "Whether it would not be started.",
      resolve: ({ findings }) => findings.some(({ isBlocking }) => isBlocking),
    }),
    sceneCount: t.exposeInt("sceneCount", { description: "Scenes that would be rendered." }),
    findings: t.field({
      type: [ExecutionFindingType],
      description: "What was found, each thing once, blocking ones first.",
      resolve: ({ findings }) => findings,
    }),
    images: t.field({
      type: EstimateType,
      description: "What the images take and cost.",
      resolve: ({ images }) => images,
    }),
    videos: t.field({
      type: EstimateType,
      description: "What the clips take and cost.",
      resolve: ({ videos }) => videos,
    }),
  }),
});

builder.queryField("preflightExecution", (t) =>
  t.field({
    type: PreflightType,
    description:
      "Looks ahead at an execution: what stands against it, how long it takes and what it costs. Stores nothing.",
    authScopes: { creator: true },
    complexity: 200,
    args: {
      input: t.arg({
        type: builder.inputType("PreflightExecutionInput", {
          description: "What would be rendered, as for `startExecution`.",
          fields: executionFields,
        }),
        required: true,
        description: "What would be rendered.",
      }),
    },
    resolve: (_root, { input }, { deps, viewer }) =>
      preflightExecution(deps, viewer as Viewer, readExecutionInput(input)),
  }),
);
