import { dryRunWorkflow } from "#domains/queue/dry-run/dry-run.service.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { jobLoader } from "#domains/queue/queue.loaders.ts";
import { WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { defineLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { WorkflowDryRun } from "#platform/db/generated/client.ts";
import { DryRunStatus } from "#platform/db/generated/enums.ts";

const DryRunStatusType = builder.enumType(DryRunStatus, {
  name: "DryRunStatus",
  description: "How a dry run went.",
  values: {
    RUNNING: { description: "Its job has not ended." },
    PASSED: { description: "Its job succeeded." },
    FAILED: { description: "Its job failed, was canceled or took too long." },
  },
});

const DryRunType = builder.objectRef<WorkflowDryRun>("WorkflowDryRun").implement({
  description: "One try of a workflow version with sample inputs.",
  fields: (t) => ({
    status: t.field({ type: DryRunStatusType, description: "How it went.", resolve: ({ status }) => status }),
    message: t.exposeString("message", { nullable: true, description: "Why it failed, when it did." }),
    machineName: t.exposeString("machineName", { nullable: true, description: "The machine that ran it." }),
    job: t.field({
      type: JobType,
      nullable: true,
      description: "Its job; null when that is gone or another person's.",
      resolve: (dryRun, _args, context) => (dryRun.jobId === null ? null : jobLoader(context).load(dryRun.jobId)),
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was asked for.",
      resolve: ({ createdAt }) => createdAt,
    }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it ended.",
      resolve: ({ finishedAt }) => finishedAt,
    }),
  }),
});

const latestLoader = defineLoader<WorkflowDryRun>(async ({ deps }, versionIds) => {
  const rows = await deps.db.prisma.workflowDryRun.findMany({
    where: { versionId: { in: [...versionIds] } },
    orderBy: [{ versionId: "asc" }, { id: "desc" }],
    distinct: ["versionId"],
  });
  return new Map(rows.map((row) => [row.versionId, row]));
});

builder.objectField(WorkflowVersionType, "latestDryRun", (t) =>
  t.field({
    type: DryRunType,
    nullable: true,
    description: "The last try of this version; null when it was never tried.",
    resolve: (version, _args, context) => latestLoader(context).load(version.id),
  }),
);

mutation("dryRunWorkflow", {
  description:
    "Runs a workflow once with a sample input and its own values; when that succeeds, a DRAFT becomes TESTED. The answer comes before the end: follow the job.",
  input: builder.inputType("DryRunWorkflowInput", {
    description: "What to try, and where.",
    fields: (t) => ({
      workflowId: t.id({ required: true, description: "The workflow." }),
      versionId: t.id({ description: "One of its versions; the current one unless said." }),
      machineId: t.id({ description: "The machine to run it; others only step in while it can't." }),
      pool: t.string({ description: "The pool to run it in; `default`, or the machine's, unless said." }),
      timeoutSecs: t.int({ description: "Time limit of the run, 5 to 3,600; 300 unless said." }),
    }),
  }),
  payload: payloadOf("DryRunWorkflowPayload", "dryRun", DryRunType, "The dry run, under way."),
  resolve: async (input, { deps, viewer }) => ({
    dryRun: await dryRunWorkflow(deps, viewer, {
      workflowId: requireId("Workflow", input.workflowId, ["workflowId"]),
      versionId: optionalId("WorkflowVersion", input.versionId, ["versionId"]),
      machineId: optionalId("Machine", input.machineId, ["machineId"]),
      pool: input.pool ?? undefined,
      timeoutSecs: input.timeoutSecs ?? undefined,
    }),
  }),
});
