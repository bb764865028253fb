import { type RunSettings, settingsOfRun } from "#domains/queue/logic/run-settings.ts";
import { jobLoader, runGraphLoader } from "#domains/queue/queue.loaders.ts";
import { RunType } from "#domains/queue/runs.graphql.ts";
import { loadVersions, type SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { builder } from "#graphql/builder.ts";
import { defineLoader, expectLoaded } from "#graphql/loader.ts";
import { type JsonObject, parseJson } from "#lib/json.ts";

/** By version id: runs of one version share what is read of it. */
const targetLoader = defineLoader<SubmitTarget>(({ deps }, versionIds) => loadVersions(deps, versionIds));

const RunSettingsType = builder.objectRef<RunSettings>("RunSettings").implement({
  description:
    "What submitJob takes to give a run's graph again. Seed, input file, workflow version and pool are the run's and its job's own.",
  fields: (t) => ({
    params: t.field({
      type: "JSON",
      description:
        "Values by parameter key, and the texts of all prompts as they were rendered: by <nodeId>.<inputName>, or positive_prompt_stageN of a stage that the job added.",
      resolve: ({ params }) => params,
    }),
    changed: t.exposeStringList("changed", {
      description:
        "Keys of those values and texts that are not the workflow version's own; only they need be submitted.",
    }),
    resolution: t.exposeString("resolution", {
      nullable: true,
      description: "WIDTHxHEIGHT where the job asked for another size than the workflow's.",
    }),
    flipOrientation: t.exposeBoolean("flipOrientation", { description: "Whether width and height were swapped." }),
    stages: t.exposeInt("stages", {
      nullable: true,
      description: "Number of stages where it is not the workflow's own.",
    }),
  }),
});

builder.objectFields(RunType, (t) => ({
  models: t.stringList({
    description: "Files of models that its graph names, without folder and extension.",
    resolve: async ({ id }, _args, context) => expectLoaded(await runGraphLoader(context).load(id), "The graph").models,
  }),
  settings: t.field({
    type: RunSettingsType,
    description: "What this one run was made with, read from its graph: to change something and submit it again.",
    complexity: 100,
    resolve: async ({ id, jobId }, _args, context) => {
      const job = expectLoaded(await jobLoader(context).load(jobId), "The job");
      const [target, stored] = await Promise.all([
        targetLoader(context).load(job.workflowVersionId),
        runGraphLoader(context).load(id),
      ]);
      const { json, prompts } = expectLoaded(stored, "The graph");
      return settingsOfRun({
        target: expectLoaded(target, "The version"),
        graph: parseJson(json) as unknown as ApiGraph,
        prompts,
        params: job.params as JsonObject,
      });
    },
  }),
}));
