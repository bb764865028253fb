import { MachineType } from "#domains/machines/machines.graphql.ts";
import { modelsOfVersion } from "#domains/queue/machine-work/machine-models.ts";
import { currentRunsLoader, machineRateLoader, rateMinutes } from "#domains/queue/machine-work/machine-work.loaders.ts";
import { RunType } from "#domains/queue/runs.graphql.ts";
import { WorkflowType } from "#domains/workflows/workflows.graphql.ts";
import { versionLoader, workflowLoader } from "#domains/workflows/workflows.loaders.ts";
import { builder } from "#graphql/builder.ts";

builder.objectFields(MachineType, (t) => ({
  currentRuns: t.field({
    type: [RunType],
    description: "Runs that it has in hand and the viewer may see, the first claimed first.",
    resolve: (machine, _args, context) => currentRunsLoader(context).load(machine.id),
  }),
  throughputPerMinute: t.float({
    description: "Runs that succeeded on it in the last ten minutes, per minute.",
    resolve: async (machine, _args, context) =>
      ((await machineRateLoader(context).load(machine.id))?.succeeded ?? 0) / rateMinutes,
  }),
  recentFailures: t.int({
    description: "Runs that failed on it for good in the last ten minutes.",
    resolve: async (machine, _args, context) => (await machineRateLoader(context).load(machine.id))?.failed ?? 0,
  }),
  lastWorkflow: t.field({
    type: WorkflowType,
    nullable: true,
    description: "What it ran last; it is preferred for more of it.",
    resolve: async ({ lastVersionId }, _args, context) => {
      const version = lastVersionId ? await versionLoader(context).load(lastVersionId) : null;
      return version && workflowLoader(context).load(version.workflowId);
    },
  }),
  likelyModels: t.stringList({
    description:
      "Model files of what it ran last, without folder and extension: likely to be in its memory, for ComfyUI does not tell.",
    resolve: ({ lastVersionId }, _args, context) => (lastVersionId ? modelsOfVersion(context, lastVersionId) : []),
  }),
}));
