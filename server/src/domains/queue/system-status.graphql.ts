import { StorageStatusType } from "#domains/assets/storage-status.graphql.ts";
import { storageStatus } from "#domains/assets/storage-status.service.ts";
import { MachineType } from "#domains/machines/machines.graphql.ts";
import { LlmStatusType } from "#domains/queue/llm-status.graphql.ts";
import {
  type DatabaseStatus,
  isQueuePaused,
  type PoolStatus,
  readDatabase,
  readPools,
  readWorkers,
  type WorkerStatus,
} from "#domains/queue/system-status.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { encodeId } from "#graphql/ids.ts";
import { version } from "#app/version.ts";

const pools = new WeakMap<Context, Promise<PoolStatus[]>>();
/** The pools, read once for all fields of an operation that tell of them. */
function poolsOf(context: Context): Promise<PoolStatus[]> {
  let reading = pools.get(context);
  if (!reading) pools.set(context, (reading = readPools(context.deps)));
  return reading;
}

export const PoolType = builder.objectRef<PoolStatus>("Pool").implement({
  description: "A set of interchangeable machines.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name; machines and jobs name it." }),
    isPaused: t.exposeBoolean("isPaused", { description: "Paused: nothing new is claimed from it." }),
    pending: t.exposeInt("pending", { description: "Runs that wait for it." }),
    active: t.exposeInt("active", { description: "Runs in hand." }),
    machines: t.field({ type: [MachineType], description: "Its machines.", resolve: (pool) => pool.machines }),
  }),
});

const WorkerType = builder.objectRef<WorkerStatus>("Worker").implement({
  description: "A process that drives machines.",
  fields: (t) => ({
    id: t.id({ description: "Its id.", resolve: (worker) => encodeId("Worker", worker.id) }),
    host: t.exposeString("host", { description: "Host name and process id." }),
    startedAt: t.field({ type: "DateTime", description: "When it started.", resolve: (worker) => worker.startedAt }),
    lastHeartbeatAt: t.field({
      type: "DateTime",
      description: "When it was last heard of.",
      resolve: (worker) => worker.lastHeartbeatAt,
    }),
    isAlive: t.exposeBoolean("isAlive", { description: "Whether that is recent." }),
    activeRuns: t.exposeInt("activeRuns", { description: "Runs that it has in hand." }),
  }),
});

const DatabaseType = builder.objectRef<DatabaseStatus>("DatabaseStatus").implement({
  description: "The database that holds everything but the files.",
  fields: (t) => ({
    version: t.exposeString("version", { description: "Version of its Postgres." }),
    isEmbedded: t.exposeBoolean("isEmbedded", { description: "Whether Callsheet started it by itself." }),
    bytes: t.exposeFloat("bytes", { description: "What it takes, in bytes." }),
  }),
});

export const SystemStatusType = builder.objectRef<object>("SystemStatus").implement({
  description: "How the whole system is.",
  fields: (t) => ({
    version: t.string({ description: "Callsheet's version.", resolve: () => version }),
    isPaused: t.boolean({
      description: "Whether the whole queue is paused.",
      resolve: (_status, _args, { deps }) => isQueuePaused(deps),
    }),
    stageOnSubmit: t.boolean({
      description:
        "Whether input files on the server are copied when a job is submitted, unless it says; else they are read where they lie.",
      resolve: (_status, _args, { deps }) => deps.config.stageOnSubmit,
    }),
    isLocalMode: t.boolean({
      description: "Local mode: no login, this machine only.",
      resolve: (_status, _args, { deps }) => deps.config.auth.mode === "local",
    }),
    machines: t.field({
      type: [MachineType],
      description: "All machines, by name.",
      resolve: (_status, _args, { deps }) => deps.db.prisma.machine.findMany({ orderBy: { name: "asc" } }),
    }),
    pools: t.field({
      type: [PoolType],
      description: "All pools, by name.",
      resolve: (_status, _args, context) => poolsOf(context),
    }),
    workers: t.field({
      type: [WorkerType],
      description: "Processes that drive machines.",
      resolve: (_status, _args, { deps }) => readWorkers(deps),
    }),
    pending: t.int({
      description: "Runs that wait, over all pools.",
      resolve: async (_status, _args, context) => (await poolsOf(context)).reduce((sum, pool) => sum + pool.pending, 0),
    }),
    active: t.int({
      description: "Runs in hand, over all pools.",
      resolve: async (_status, _args, context) => (await poolsOf(context)).reduce((sum, pool) => sum + pool.active, 0),
    }),
    queueBackend: t.string({
      description: "Where the queue is kept: postgres or redis.",
      resolve: (_status, _args, { deps }) => deps.queueBackend.kind,
    }),
    database: t.field({
      type: DatabaseType,
      description: "The database.",
      resolve: (_status, _args, { deps }) => readDatabase(deps),
    }),
    storage: t.field({
      type: StorageStatusType,
      description: "Where files are kept, and what they take.",
      resolve: (_status, _args, { deps }) => storageStatus(deps),
    }),
    llm: t.field({
      type: LlmStatusType,
      description: "Whether a language model can be used.",
      resolve: (_status, _args, { deps }) => deps.llm.status(),
    }),
  }),
});

builder.queryFields((t) => ({
  systemStatus: t.field({ type: SystemStatusType, description: "How the whole system is.", resolve: () => ({}) }),
  llmStatus: t.field({
    type: LlmStatusType,
    description: "Whether a language model can be used.",
    resolve: (_root, _args, { deps }) => deps.llm.status(),
  }),
  pools: t.field({
    type: [PoolType],
    description: "All pools, by name.",
    resolve: (_root, _args, context) => poolsOf(context),
  }),
}));
