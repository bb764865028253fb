import type { Job } from "#platform/db/generated/client.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import type { PlannedRun } from "#domains/queue/submit/plan-job.ts";
import { SubmitJobInput, toSubmit } from "#domains/queue/submit/submit-input.graphql.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { builder } from "#graphql/builder.ts";
import { mutation } from "#graphql/mutation.ts";

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
    requiredLabels: t.exposeStringList("requiredLabels", {
      description: "Labels that its machine must have: the workflow's and the submission's.",
    }),
    graph: t.field({ type: "JSON", description: "The exact graph.", resolve: (run) => run.graph }),
  }),
});
mutation("submitJob", {
  description: "Submits a workflow with parameters and inputs: one run for each input and try.",
  input: SubmitJobInput,
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
    const { jobIds, plannedRuns } = await submitJob(deps, viewer, toSubmit(input));
    const jobs = await deps.db.prisma.job.findMany({ where: { id: { in: jobIds } }, orderBy: { id: "asc" } });
    return { jobs, plannedRuns };
  },
});
