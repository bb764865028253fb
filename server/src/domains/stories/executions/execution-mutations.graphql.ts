import { idInput } from "#domains/stories/deleted.graphql.ts";
import { executionFields, readExecutionInput } from "#domains/stories/executions/execution-input.graphql.ts";
import { ExecutionSceneType } from "#domains/stories/executions/execution-parts.graphql.ts";
import { ExecutionType } from "#domains/stories/executions/executions.graphql.ts";
import { startExecution } from "#domains/stories/executions/start-execution.service.ts";
import {
  cancelExecution,
  chooseVariant,
  continueExecution,
  retryExecution,
} from "#domains/stories/executions/steer-execution.service.ts";
import { builder } from "#graphql/builder.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

mutation("startExecution", {
  description:
    "Renders a branch: images of each scene, clips from each scene to the next, and the film of them. Later edits of the branch change nothing of it.",
  input: builder.inputType("StartExecutionInput", {
    description: "What to render. Nothing is stored unless all of it is right.",
    fields: (t) => ({
      ...executionFields(t),
      execId: t.string({
        description: "Its name in paths, YYYYMMDD_HHMMSS_rrrrrr in UTC, unique; made unless said.",
      }),
      pausesForChoice: t.boolean({
        description:
          "Whether it waits for continueExecution once the images are there; true with several variants unless said. Without it the chosen images are the first ones, unless chosen in time.",
      }),
      idempotencyKey: t.string({ description: "A repeat with the same key answers the first execution." }),
    }),
  }),
  payload: payloadOf("StartExecutionPayload", "execution", ExecutionType, "The execution that was started."),
  resolve: async ({ execId, pausesForChoice, idempotencyKey, ...input }, { deps, viewer }) => ({
    execution: await startExecution(deps, viewer, {
      ...readExecutionInput(input),
      execId: execId ?? undefined,
      pausesForChoice: pausesForChoice ?? undefined,
      idempotencyKey: idempotencyKey ?? undefined,
    }),
  }),
});

mutation("chooseExecutionVariant", {
  description:
    "Chooses the image of a scene that the transitions begin and end with. Those that were made already with another one are made again with continueExecution.",
  input: builder.inputType("ChooseExecutionVariantInput", {
    description: "Which image.",
    fields: (t) => ({
      executionSceneId: t.id({ required: true, description: "The scene of the execution." }),
      variant: t.int({ required: true, description: "From 0." }),
    }),
  }),
  payload: payloadOf("ChooseExecutionVariantPayload", "scene", ExecutionSceneType, "The scene as it is now."),
  resolve: async ({ executionSceneId, variant }, { deps, viewer }) => ({
    scene: await chooseVariant(deps, viewer, {
      sceneId: requireId("ExecutionScene", executionSceneId, ["executionSceneId"]),
      variant,
    }),
  }),
});

mutation("continueExecution", {
  description: "Goes on from the images to the clips between the chosen ones.",
  input: idInput("ContinueExecutionInput", "execution"),
  payload: payloadOf("ContinueExecutionPayload", "execution", ExecutionType, "The execution as it is now."),
  resolve: async ({ id }, { deps, viewer }) => ({
    execution: await continueExecution(deps, viewer, requireId("Execution", id)),
  }),
});

mutation("cancelExecution", {
  description: "Stops an execution that is not over, with its jobs. What is there stays.",
  input: idInput("CancelExecutionInput", "execution"),
  payload: payloadOf("CancelExecutionPayload", "execution", ExecutionType, "The execution as it is now."),
  resolve: async ({ id }, { deps, viewer }) => ({
    execution: await cancelExecution(deps, viewer, requireId("Execution", id)),
  }),
});

mutation("retryExecution", {
  description: "Goes on with an execution that failed or was canceled: only what is missing is made again.",
  input: builder.inputType("RetryExecutionInput", {
    description: "Which execution.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The execution." }),
      newSeeds: t.boolean({ defaultValue: false, description: "Whether runs that failed get fresh seeds." }),
    }),
  }),
  payload: payloadOf("RetryExecutionPayload", "execution", ExecutionType, "The execution as it is now."),
  resolve: async ({ id, newSeeds }, { deps, viewer }) => ({
    execution: await retryExecution(deps, viewer, { id: requireId("Execution", id), newSeeds: newSeeds ?? false }),
  }),
});
