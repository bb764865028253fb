import { userLoader, UserType } from "#domains/accounts/accounts.graphql.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { AssetType } from "#domains/assets/assets.graphql.ts";
import { findJobs } from "#domains/queue/find-jobs.ts";
import { JobStatusType, RunStatusType, SeedModeType } from "#domains/queue/queue.enums.graphql.ts";
import {
  doneRunsLoader,
  jobLoader,
  type JobRow,
  latestOutputsLoader,
  runCountsLoader,
  runPageLoader,
} from "#domains/queue/queue.loaders.ts";
import { RunType } from "#domains/queue/runs.graphql.ts";
import { versionLoader, workflowLoader } from "#domains/workflows/workflows.loaders.ts";
import { WorkflowType, WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { cursorPart, readPage, toConnection } from "#graphql/connection.ts";
import { decodeId, optionalId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { ValidationError } from "#lib/domain-error.ts";

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

export const JobType = builder.objectRef<JobRow>("Job");

builder.node(JobType, {
  description: "What a person submitted: a workflow version with parameters and inputs, fanned out into runs.",
  id: { resolve: (job) => job.id },
  loadOne: (id, context) => jobLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Name for people." }),
    status: t.field({ type: JobStatusType, description: "Where it stands.", resolve: (job) => job.status }),
    priority: t.exposeInt("priority", { description: "Higher goes first." }),
    pool: t.exposeString("pool", { description: "The machines that may take its runs." }),
    requiredLabels: t.exposeStringList("requiredLabels", {
      description: "Only machines with all of these labels take its runs.",
    }),
    stageOnSubmit: t.exposeBoolean("stageOnSubmit", {
      description:
        "Whether its input files on the server were copied when it was submitted; else they are read where they lie.",
    }),
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
    project: t.field({
      type: ProjectType,
      nullable: true,
      description: "The project that it belongs to; null where it is its submitter's own.",
      resolve: (job, _args, context) => (job.projectId === null ? null : projectLoader(context).load(job.projectId)),
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
          const index = cursorPart(page, (part) => /^\d{1,9}$/.test(part));
          const after = index === null ? null : Number(index);
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
builder.objectField(RunType, "job", (t) =>
  t.field({
    type: JobType,
    description: "The job it belongs to.",
    resolve: async (run, _args, context) => expectLoaded(await jobLoader(context).load(run.jobId), "The job"),
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

/** Jobs that one question names at most. */
const maxIds = 200;

function jobIds(ids: readonly string[] | null | undefined): string[] | undefined {
  if (!ids) return undefined;
  if (ids.length > maxIds) throw ValidationError.at(["ids"], `at most ${maxIds} jobs are asked for at once`);
  return ids.flatMap((id) => decodeId("Job", id) ?? []);
}

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
        ids: t.arg.idList({ description: `Only these, at most ${maxIds}; unknown ones are left out.` }),
        isPart: t.arg.boolean({
          description: "Only jobs that are part of something larger, such as an execution; false: only others.",
        }),
        sort: t.arg({ type: JobSortType, defaultValue: "NEWEST", description: "Which come first." }),
      },
      resolve: (_root, { status, search, projectId, ids, isPart, sort, ...args }, { deps, viewer }) => {
        const project = optionalId("Project", projectId, ["projectId"]);
        const filter = { status, search, projectId: project, ids: jobIds(ids), isPart: isPart ?? undefined };
        return findJobs(deps, viewer as Viewer, { ...filter, sort: sort ?? "NEWEST" }, args);
      },
    },
    { name: "JobConnection", description: "A page of jobs." },
    { name: "JobEdge", description: "A job in a page." },
  ),
}));
