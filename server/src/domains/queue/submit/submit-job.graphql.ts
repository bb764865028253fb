import type { Job } from "#platform/db/generated/client.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { SeedModeType } from "#domains/queue/queue.enums.graphql.ts";
import type { PlannedRun } from "#domains/queue/submit/plan-job.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";

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
const PlannedRunType = builder.objectRef<PlannedRun>("PlannedRun").implement({
  description: "A run as it is, or would be, stored.",
  fields: (t) => ({
    input: t.string({
      nullable: true,
      description: "File name of its input.",
      resolve: (run) => run.input?.filename ?? null,
    }),
    seed: t.field({
      type: "BigInt",
      nullable: true,
      description: "The seed in every bound sampler.",
      resolve: (run) => run.seed,
    }),
    outputPrefix: t.exposeString("outputPrefix", { description: "Folder and beginning of its outputs' names." }),
    graph: t.field({ type: "JSON", description: "The exact graph.", resolve: (run) => run.graph }),
  }),
});
mutation("submitJob", {
  description: "Submits a workflow with parameters and inputs: one run for each input and try.",
  input: builder.inputType("SubmitJobInput", {
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
      idempotencyKey: t.string({ description: "The same key from the same person gives the first job again." }),
      dryRun: t.boolean({ defaultValue: false, description: "Plans only: answers with the runs, stores no job." }),
      splitByInput: t.boolean({ defaultValue: false, description: "One job for each input." }),
      skipBlocked: t.boolean({
        defaultValue: false,
        description: "Leaves out inputs that can't be read, instead of refusing all.",
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
  }),
  payload: builder.objectRef<{ jobs: Job[]; plannedRuns: PlannedRun[] }>("SubmitJobPayload").implement({
    description: "Answer of a mutation: the jobs and their plan.",
    fields: (t) => ({
      job: t.field({
        type: JobType,
        nullable: true,
        description: "The job, or the first of several; null for a dry run.",
        resolve: ({ jobs }) => jobs[0] ?? null,
      }),
      jobs: t.field({
        type: [JobType],
        description: "All jobs: several with splitByInput.",
        resolve: ({ jobs }) => jobs,
      }),
      plannedRuns: t.field({
        type: [PlannedRunType],
        description: "The runs in order; empty when an idempotency key gave an earlier job.",
        resolve: ({ plannedRuns }) => plannedRuns,
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const { workflowId, workflowVersionId, projectId, inputs, ...rest } = input;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
    const { jobIds, plannedRuns } = await submitJob(deps, viewer, {
      ...given,
      workflowId: requireId("Workflow", workflowId, ["workflowId"]),
      workflowVersionId: optionalId("WorkflowVersion", workflowVersionId, ["workflowVersionId"]),
      projectId: optionalId("Project", projectId, ["projectId"]),
      inputs: inputs?.map(({ assetId, path }) => ({ assetId: assetId ?? undefined, path: path ?? undefined })),
    });
    const jobs = await deps.db.prisma.job.findMany({ where: { id: { in: jobIds } }, orderBy: { id: "asc" } });
    return { jobs, plannedRuns };
  },
});
