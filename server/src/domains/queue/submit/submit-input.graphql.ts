import { SeedModeType } from "#domains/queue/queue.enums.graphql.ts";
import type { SubmitInput } from "#domains/queue/submit/submit-input.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";

const PromptModeType = builder.enumType("PromptMode", {
  description: "Whether all inputs share their prompts.",
  values: {
    MANUAL: { description: "One text for all." },
    PER_IMAGE_MANUAL: { description: "A text for each input, in perFileParams." },
    PER_IMAGE_AUTO: {
      description: "A text for each input, written by a model and edited by people, in perFileParams.",
    },
  } as const,
});
export const SubmitJobInput = builder.inputType("SubmitJobInput", {
  description: "What to run. Nothing is stored unless all of it is right.",
  fields: (t) => ({
    workflowId: t.id({ required: true, description: "Which workflow." }),
    workflowVersionId: t.id({ description: "Which version; the current one unless said." }),
    name: t.string({ description: "Name for people; the workflow's unless said." }),
    projectId: t.id({ description: "The project it belongs to; without one only its owner and ADMIN see it." }),
    params: t.field({
      type: "JSON",
      description:
        "Values by parameter key; prompts as positive_prompt, negative_prompt or <nodeId>.<inputName>; assets by id.",
    }),
    inputs: t.field({
      type: [
        builder.inputType("JobInputInput", {
          description: "One input file: an asset, or a path on the server inside the folders that are open for it.",
          fields: (f) => ({
            assetId: f.id({ description: "An uploaded file." }),
            path: f.string({ description: "A file on the server." }),
          }),
        }),
      ],
      description: "Input files; not together with directory.",
    }),
    directory: t.string({ description: "A folder on the server: every file in it that the workflow takes." }),
    stageOnSubmit: t.boolean({
      description:
        "Whether files on the server are copied now, so that nothing done to them later matters; false: they are read where they lie when a run starts, and must be the same then. The installation's setting unless said.",
    }),
    tries: t.int({ defaultValue: 1, description: "Runs for each input, 1 to 100." }),
    seedMode: t.field({ type: SeedModeType, defaultValue: "RANDOM", description: "Where seeds come from." }),
    seed: t.field({
      type: "BigInt",
      description: "The seed of FIXED, or the first of INCREMENT; drawn unless said.",
    }),
    perFileParams: t.field({
      type: "JSON",
      description: "Params of single inputs, by asset id, full path, or a file name that occurs once.",
    }),
    promptMode: t.field({
      type: PromptModeType,
      defaultValue: "MANUAL",
      description: "Whether all inputs share their prompts.",
    }),
    stages: t.int({ description: "Number of stages, for workflows with a stage template." }),
    resolution: t.string({ description: "A preset's name or WIDTHxHEIGHT, written to every size in the graph." }),
    flipOrientation: t.boolean({ defaultValue: false, description: "Swaps width and height." }),
    priority: t.int({ defaultValue: 0, description: "Higher goes first; −1000 to 1000." }),
    pool: t.string({ description: "The machines that may take it; default unless said." }),
    requiredLabels: t.stringList({
      description: "Only machines of the pool with all of these labels take it, beside the workflow's own; up to 20.",
    }),
    idempotencyKey: t.string({ description: "The same key from the same person gives the first job again." }),
    dryRun: t.boolean({ defaultValue: false, description: "Plans only: answers with the runs, stores no job." }),
    splitByInput: t.boolean({ defaultValue: false, description: "One job for each input." }),
    skipBlocked: t.boolean({
      defaultValue: false,
      description: "Submits the runs that nothing stands against, instead of refusing all; see preflightJob.",
    }),
    allowUnresolved: t.boolean({
      defaultValue: false,
      description: "Lets {placeholders} that nothing fills stand in the prompts.",
    }),
    allowPartial: t.boolean({
      defaultValue: false,
      description: "Keeps the result when a machine drops a part of the graph.",
    }),
  }),
});

/** As the service takes it. @throws NotFoundError for ids that are none */
export function toSubmit(input: typeof SubmitJobInput.$inferInput): SubmitInput {
  const { workflowId, workflowVersionId, projectId, inputs, ...rest } = input;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  return {
    ...given,
    workflowId: requireId("Workflow", workflowId, ["workflowId"]),
    workflowVersionId: optionalId("WorkflowVersion", workflowVersionId, ["workflowVersionId"]),
    projectId: optionalId("Project", projectId, ["projectId"]),
    inputs: inputs?.map(({ assetId, path }) => ({ assetId: assetId ?? undefined, path: path ?? undefined })),
  };
}
