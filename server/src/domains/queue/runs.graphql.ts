import { AssetType, assetLoader } from "#domains/assets/assets.graphql.ts";
import { machineLoader, MachineType } from "#domains/machines/machines.graphql.ts";
import { timesOf } from "#domains/queue/logic/run-times-of.ts";
import { isActive } from "#domains/queue/logic/run-status.ts";
import { SnapshotType } from "#domains/queue/prompt-snapshot.graphql.ts";
import { RunStatusType } from "#domains/queue/queue.enums.graphql.ts";
import {
  outputsLoader,
  previewLoader,
  runGraphLoader,
  runLoader,
  runOfAssetLoader,
  type RunRow,
} from "#domains/queue/queue.loaders.ts";
import { builder } from "#graphql/builder.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { parseJson } from "#lib/json.ts";

const RunErrorType = builder.objectRef<NonNullable<RunRow["error"]>>("RunError").implement({
  description: "Why a run failed.",
  fields: (t) => ({
    code: t.exposeString("code", {
      description: "Stable, upper case: VALIDATION_FAILED, EXECUTION_ERROR, OUT_OF_MEMORY, LOST, TIMEOUT and others.",
    }),
    message: t.exposeString("message", { description: "What went wrong, for people." }),
    nodeId: t.exposeString("nodeId", { nullable: true, description: "The node at which it failed." }),
    nodeType: t.exposeString("nodeType", { nullable: true, description: "That node's class." }),
    details: t.field({
      type: "JSON",
      nullable: true,
      description:
        "Node errors, traceback and the like; tracebacks hold paths of the machine and are for CREATOR and ADMIN.",
      resolve: (error, _args, { viewer }) => (viewer?.role === "VIEWER" ? null : error.details),
    }),
  }),
});

export const RunType = builder.objectRef<RunRow>("Run");

/** Live frames change often; a link need not outlive the run. */
const previewLinkSecs = 3_600;

builder.node(RunType, {
  description: "One execution of a graph on a machine.",
  id: { resolve: (run) => run.id },
  loadOne: (id, context) => runLoader(context).load(id),
  fields: (t) => ({
    index: t.exposeInt("index", { description: "Position within the job, from 0." }),
    status: t.field({ type: RunStatusType, description: "Where it stands.", resolve: (run) => run.status }),
    attempt: t.exposeInt("attempt", {
      description: "1 for the first; counts every time its prompt may have reached a machine.",
    }),
    progress: t.float({ description: "0 to 1.", resolve: (run) => (run.status === "SUCCEEDED" ? 1 : run.progress) }),
    currentNode: t.exposeString("currentNode", { nullable: true, description: "Id of the node that is executed now." }),
    comfyPromptId: t.exposeString("comfyPromptId", { nullable: true, description: "The prompt's id on the machine." }),
    machine: t.field({
      type: MachineType,
      nullable: true,
      description: "Where it is, or was, executed.",
      resolve: (run, _args, context) => (run.machineId ? machineLoader(context).load(run.machineId) : null),
    }),
    seed: t.field({
      type: "BigInt",
      nullable: true,
      description: "The seed in every bound sampler.",
      resolve: (run) => run.seed,
    }),
    choiceSeed: t.field({
      type: "BigInt",
      nullable: true,
      description:
        "Combined from seed and try: the choices {a|b} in its prompts were drawn from it. Null for runs older than that.",
      resolve: (run) => run.choiceSeed,
    }),
    inputAsset: t.field({
      type: AssetType,
      nullable: true,
      description: "The file it starts from.",
      resolve: (run, _args, context) => (run.inputAssetId ? assetLoader(context).load(run.inputAssetId) : null),
    }),
    outputs: t.field({
      type: [AssetType],
      description: "What it made, in the order of its nodes.",
      resolve: (run, _args, context) => (run.status === "SUCCEEDED" ? outputsLoader(context).load(run.id) : []),
    }),
    graph: t.field({
      type: "JSON",
      description: "The exact graph.",
      complexity: 100,
      resolve: async (run, _args, context) =>
        parseJson(expectLoaded(await runGraphLoader(context).load(run.id), "The graph").json),
    }),
    resolvedPrompts: t.field({
      type: [SnapshotType],
      description: "The text of each slot as it is in the graph.",
      resolve: async (run, _args, context) =>
        expectLoaded(await runGraphLoader(context).load(run.id), "The graph").prompts,
    }),
    error: t.field({
      type: RunErrorType,
      nullable: true,
      description: "Why it failed, or why its last attempt did.",
      resolve: (run) => run.error,
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was submitted by a person.",
      resolve: (run) => run.createdAt,
    }),
    startedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When this attempt was claimed.",
      resolve: (run) => run.startedAt,
    }),
    submittedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When the machine accepted it.",
      resolve: (run) => run.submittedAt,
    }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was over.",
      resolve: (run) => run.finishedAt,
    }),
    waitSecs: t.float({
      nullable: true,
      description:
        "Waiting, in seconds: for a machine since it was submitted, and in that machine's own queue. Null until it is executed.",
      resolve: (run) => timesOf(run).wait,
    }),
    executionSecs: t.float({
      nullable: true,
      description: "Execution on the machine, in seconds; waiting and transfer left out. Null until it is over.",
      resolve: (run) => timesOf(run).execution,
    }),
    transferSecs: t.float({
      nullable: true,
      description: "Upload of inputs and fetching of outputs, in seconds. Null until all are fetched.",
      resolve: (run) => timesOf(run).transfer,
    }),
    outputPrefix: t.exposeString("outputPrefix", { description: "Folder and beginning of its outputs' names." }),
    previewUrl: t.string({
      nullable: true,
      description: "Latest preview frame while it renders; changes with every frame.",
      resolve: async (run, _args, context) => {
        const version = isActive(run.status) ? await previewLoader(context).load(run.id) : null;
        return version === null
          ? null
          : `${context.deps.signedUrls.sign(`/previews/${run.id}`, previewLinkSecs)}&v=${version}`;
      },
    }),
  }),
});
builder.objectField(AssetType, "run", (t) =>
  t.field({
    type: RunType,
    nullable: true,
    description: "The run that made it; null for files that people brought.",
    resolve: async (asset, _args, context) => {
      const runId = await runOfAssetLoader(context).load(asset.id);
      return runId === null ? null : runLoader(context).load(runId);
    },
  }),
);
