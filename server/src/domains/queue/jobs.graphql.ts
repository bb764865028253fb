import { JobStatus, RunStatus, SeedMode } from "#platform/db/generated/enums.ts";
import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { AssetType, assetLoader } from "#domains/assets/assets.graphql.ts";
import { machineLoader, MachineType } from "#domains/machines/machines.graphql.ts";
import {
  doneRunsLoader,
  jobLoader,
  type JobRow,
  latestOutputsLoader,
  outputsLoader,
  previewLoader,
  runGraphLoader,
  runLoader,
  runOfAssetLoader,
  runCountsLoader,
  runPageLoader,
  type RunRow,
} from "#domains/queue/queue.loaders.ts";
import type { PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import { isActive } from "#domains/queue/logic/run-status.ts";
import { PromptSourceType } from "#domains/prompts/prompts.enums.graphql.ts";
import { versionLoader, workflowLoader } from "#domains/workflows/workflows.loaders.ts";
import { WorkflowType, WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { decodeId, optionalId } from "#graphql/ids.ts";
import { idConnection, readPage, toConnection } from "#graphql/connection.ts";
import { findJobs } from "#domains/queue/find-jobs.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";

export const JobStatusType = builder.enumType(JobStatus, {
  name: "JobStatus",
  description: "Where a job stands, told by its runs.",
  values: {
    PENDING: { description: "Waits for a machine." },
    RUNNING: { description: "At least one run is in hand." },
    PAUSED: { description: "Waits, and claims nothing until it is resumed." },
    SUCCEEDED: { description: "All runs succeeded." },
    PARTIAL: { description: "Over; some runs succeeded." },
    FAILED: { description: "Over; none succeeded and some failed." },
    CANCELED: { description: "Over; all runs were canceled." },
  },
});
export const RunStatusType = builder.enumType(RunStatus, {
  name: "RunStatus",
  description: "Where a run stands.",
  values: {
    PENDING: { description: "Waits for a machine." },
    CLAIMED: { description: "Has a place on a machine; inputs are uploaded." },
    SUBMITTED: { description: "In the machine's own queue." },
    RUNNING: { description: "The machine executes it." },
    COLLECTING: { description: "Its outputs are fetched." },
    SUCCEEDED: { description: "Done, with all its files." },
    FAILED: { description: "Over, and no automatic attempt is left." },
    CANCELING: { description: "Asked to stop; the result may still land first." },
    CANCELED: { description: "Stopped." },
  },
});
export const SeedModeType = builder.enumType(SeedMode, {
  name: "SeedMode",
  description: "Where the seeds of a job's runs come from.",
  values: {
    RANDOM: { description: "A fresh one for each run." },
    FIXED: { description: "The same for all." },
    INCREMENT: { description: "The given one, then one more for each run." },
  },
});
export const SnapshotType = builder.objectRef<PromptSnapshot>("ResolvedPromptSnapshot").implement({
  description: "The text of a slot exactly as it was rendered.",
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The text encoder's node id." }),
    inputName: t.exposeString("inputName", { description: "The name of its text input." }),
    slotLabel: t.exposeString("slotLabel", { description: "What the slot was called then." }),
    text: t.exposeString("text", { description: "The exact text." }),
    source: t.field({
      type: PromptSourceType,
      description: "The last layer that contributed.",
      resolve: (snapshot) => snapshot.source,
    }),
  }),
});

const CountsType = builder.objectRef<JobRow>("RunCounts").implement({
  description: "How many runs of a job are in which state.",
  fields: (t) => ({
    total: t.exposeInt("total", { description: "All runs." }),
    pending: t.exposeInt("pending", { description: "Waiting for a machine." }),
    active: t.exposeInt("active", { description: "In hand: claimed, submitted, running or collecting." }),
    canceling: t.exposeInt("canceling", { description: "Asked to stop." }),
    succeeded: t.exposeInt("succeeded", { description: "Done." }),
    failed: t.exposeInt("failed", { description: "Failed." }),
    canceled: t.exposeInt("canceled", { description: "Stopped." }),
  }),
});

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

export const JobType = builder.objectRef<JobRow>("Job");
export const RunType = builder.objectRef<RunRow>("Run");

/** Live frames change often; a link need not outlive the run. */
const previewLinkSecs = 3_600;
const seconds = (from: Date | string, to: Date | string): number =>
  (new Date(to).getTime() - new Date(from).getTime()) / 1000;

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
    executionSecs: t.float({
      nullable: true,
      description: "Time on the machine, in seconds, waiting and transfer left out.",
      resolve: (run) => (run.executedAt && run.finishedAt ? seconds(run.executedAt, run.finishedAt) : null),
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
    job: t.field({
      type: JobType,
      description: "The job it belongs to.",
      resolve: async (run, _args, context) => expectLoaded(await jobLoader(context).load(run.jobId), "The job"),
    }),
  }),
});

builder.node(JobType, {
  description: "What a person submitted: a workflow version with parameters and inputs, fanned out into runs.",
  id: { resolve: (job) => job.id },
  loadOne: (id, context) => jobLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Name for people." }),
    status: t.field({ type: JobStatusType, description: "Where it stands.", resolve: (job) => job.status }),
    priority: t.exposeInt("priority", { description: "Higher goes first." }),
    pool: t.exposeString("pool", { description: "The machines that may take its runs." }),
    isPaused: t.exposeBoolean("isPaused", { description: "Paused: nothing new is claimed." }),
    seedMode: t.field({
      type: SeedModeType,
      description: "Where its seeds come from.",
      resolve: (job) => job.seedMode,
    }),
    params: t.field({ type: "JSON", description: "Parameters as they were submitted.", resolve: (job) => job.params }),
    workflowVersion: t.field({
      type: WorkflowVersionType,
      description: "What is executed.",
      resolve: async (job, _args, context) =>
        expectLoaded(await versionLoader(context).load(job.workflowVersionId), "The version"),
    }),
    workflow: t.field({
      type: WorkflowType,
      description: "The workflow of that version.",
      resolve: async (job, _args, context) => {
        const version = expectLoaded(await versionLoader(context).load(job.workflowVersionId), "The version");
        return expectLoaded(await workflowLoader(context).load(version.workflowId), "The workflow");
      },
    }),
    counts: t.field({ type: CountsType, description: "Its runs by state.", resolve: (job) => job }),
    progress: t.float({
      description: "0 to 1: ended runs, and the share that is done of those in hand.",
      resolve: async (job, _args, context) => {
        const ended = job.succeeded + job.failed + job.canceled;
        const done = job.active + job.canceling > 0 ? await doneRunsLoader(context).load(job.id) : ended;
        return job.total === 0 ? 1 : Math.min(1, (done ?? ended) / job.total);
      },
    }),
    createdBy: t.field({
      type: UserType,
      nullable: true,
      description: "Who submitted it.",
      resolve: (job, _args, context) => userLoader(context).load(job.createdById),
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was submitted.", resolve: (job) => job.createdAt }),
    startedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When its first run was claimed.",
      resolve: (job) => job.startedAt,
    }),
    finishedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When its last run was over.",
      resolve: (job) => job.finishedAt,
    }),
    latestOutputs: t.field({
      type: [AssetType],
      description: "Newest outputs of the job's runs: thumbnails for a card.",
      args: { first: t.arg.int({ description: "How many, 1 to 8; 4 unless said." }) },
      resolve: async (job, { first }, context) =>
        job.succeeded === 0
          ? []
          : (await latestOutputsLoader(context).load(job.id)).slice(0, Math.min(Math.max(first ?? 4, 1), 8)),
    }),
    runs: t.connection(
      {
        type: RunType,
        description: "Its runs, in order.",
        args: { status: t.arg({ type: [RunStatusType], description: "Only in these states." }) },
        resolve: async (job, { status, ...args }, context) => {
          const page = readPage(args);
          const after = page.cursor ? Number(page.cursor[0]) : null;
          if (after !== null && !(Number.isInteger(after) && Math.abs(after) < 2 ** 31))
            throw ValidationError.at(["after"], "not a cursor of this connection");
          const wanted = status?.length ? [...status] : null;
          const rows = await runPageLoader(context).load(job.id, {
            take: page.take,
            backward: page.backward,
            after,
            status: wanted,
          });
          const ordered = page.backward ? rows.toReversed() : rows;
          const countWanted = async (): Promise<number> =>
            (await runCountsLoader(context).load(job.id)).reduce(
              (sum, { status: each, count }) => sum + (wanted?.includes(each) ? count : 0),
              0,
            );
          return toConnection(
            page,
            ordered,
            (run) => [String(run.index)],
            () => (wanted ? countWanted() : job.total),
          );
        },
      },
      { name: "RunConnection", description: "A page of runs." },
      { name: "RunEdge", description: "A run in a page." },
    ),
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

const JobSortType = builder.enumType("JobSort", {
  description: "Order of a list of jobs.",
  values: {
    NEWEST: { description: "Newest first." },
    ACTIONABLE: {
      description:
        "What needs a person first: running, failed, partial, pending, paused, canceled, succeeded; then newest.",
    },
  } as const,
});

builder.queryFields((t) => ({
  job: t.field({
    type: JobType,
    nullable: true,
    description: "One job; null when there is none that the viewer may see.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, { id }, context) => {
      const key = decodeId("Job", id);
      return key ? jobLoader(context).load(key) : null;
    },
  }),
  jobs: t.connection(
    {
      type: JobType,
      description: "Jobs, newest first.",
      args: {
        status: t.arg({ type: [JobStatusType], description: "Only in these states." }),
        search: t.arg.string({ description: "Part of the name." }),
        projectId: t.arg.id({ description: "Only of this project." }),
        sort: t.arg({ type: JobSortType, defaultValue: "NEWEST", description: "Which come first." }),
      },
      resolve: (_root, { status, search, projectId, sort, ...args }, { deps, viewer }) => {
        const project = optionalId("Project", projectId, ["projectId"]);
        return findJobs(deps, viewer as Viewer, { status, search, projectId: project, sort: sort ?? "NEWEST" }, args);
      },
    },
    { name: "JobConnection", description: "A page of jobs." },
    { name: "JobEdge", description: "A job in a page." },
  ),
  outputs: t.connection(
    {
      type: AssetType,
      description: "Output assets, newest first.",
      args: { workflowId: t.arg.id({ description: "Only what this workflow made." }) },
      resolve: (_root, { workflowId, ...args }, { deps, viewer }) => {
        const workflow = optionalId("Workflow", workflowId, ["workflowId"]);
        const where = {
          AND: [
            { kind: "OUTPUT" as const },
            viewer ? ownedBy(viewer) : { id: "" },
            workflow ? { runOutputs: { some: { run: { job: { workflowVersion: { workflowId: workflow } } } } } } : {},
          ],
        };
        return idConnection(
          args,
          (page) =>
            deps.db.prisma.asset.findMany({ ...page, where: { AND: [page.where, where] }, include: { blob: true } }),
          () => deps.db.prisma.asset.count({ where }),
        );
      },
    },
    { name: "AssetConnection", description: "A page of assets." },
    { name: "AssetEdge", description: "An asset in a page." },
  ),
}));
