import { estimateSubmission } from "#domains/queue/estimates/estimate-job.service.ts";
import type { Expected, JobEstimate } from "#domains/queue/estimates/logic/estimate.ts";
import { readRemaining, readThroughput, type Remaining } from "#domains/queue/estimates/remaining.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { PreflightType } from "#domains/queue/preflight/preflight.graphql.ts";
import { PoolType, SystemStatusType } from "#domains/queue/system-status.graphql.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { defineLoader } from "#graphql/loader.ts";

export const ExpectedType = builder.objectRef<Expected>("ExpectedSeconds").implement({
  description: "A duration told by earlier runs, in seconds.",
  fields: (t) => ({
    p50: t.exposeFloat("p50", { description: "The median." }),
    p90: t.exposeFloat("p90", { description: "What nine of ten stay below." }),
  }),
});

export const EstimateType = builder.objectRef<JobEstimate>("JobEstimate").implement({
  description:
    "What a submission would take and cost, told by the latest runs of the same workflow version on the pool, of the same size where there are enough. Execution only: waiting and transfer are no part of it.",
  fields: (t) => ({
    runCount: t.exposeInt("runCount", { description: "Runs that would be submitted." }),
    machineSecs: t.field({
      type: ExpectedType,
      nullable: true,
      description: "Time on machines in all; null when nothing like it has run yet.",
      resolve: ({ machineSecs }) => machineSecs,
    }),
    elapsedSecs: t.field({
      type: ExpectedType,
      nullable: true,
      description: "The same spread over the pool's places; null also when the pool has none.",
      resolve: ({ elapsedSecs }) => elapsedSecs,
    }),
    sampleCount: t.exposeInt("sampleCount", { description: "Earlier runs that this is told by." }),
    credits: t.exposeFloat("credits", {
      nullable: true,
      description: "At the configured prices; null without a price, or when it is not known how much is made.",
    }),
  }),
});

builder.objectField(PreflightType, "estimate", (t) =>
  t.field({
    type: EstimateType,
    description: "What the runs that would be submitted take and cost.",
    resolve: ({ submission }, _args, { deps }) => estimateSubmission(deps, submission),
  }),
);

/** Boxed: a loader takes null for missing. */
const remainingOfJobLoader = defineLoader<{ secs: number | null }>(async ({ deps }, jobIds) => {
  const { byJob } = await readRemaining(deps, jobIds);
  return new Map([...byJob].map(([jobId, secs]) => [jobId, { secs }]));
});
const inSecs = (secs: number | null): Date | null => (secs === null ? null : new Date(Date.now() + secs * 1000));

builder.objectFields(JobType, (t) => ({
  remainingSecs: t.float({
    nullable: true,
    description:
      "Execution that is left, in seconds, spread over the pool's places; other jobs left out. 0 when it is over, null when unknown.",
    resolve: async (job, _args, context) =>
      job.finishedAt === null ? ((await remainingOfJobLoader(context).load(job.id))?.secs ?? null) : 0,
  }),
  expectedFinishAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "When that would be; null when it is over or unknown.",
    resolve: async (job, _args, context) =>
      job.finishedAt === null ? inSecs((await remainingOfJobLoader(context).load(job.id))?.secs ?? null) : null,
  }),
}));

/** Reads once for all fields of an operation. */
function once<Value>(read: (context: Context) => Promise<Value>): (context: Context) => Promise<Value> {
  const known = new WeakMap<Context, Promise<Value>>();
  return (context) => {
    let reading = known.get(context);
    if (!reading) known.set(context, (reading = read(context)));
    return reading;
  };
}
const remainingOf = once(({ deps }) => readRemaining(deps));
const throughputOf = once(({ deps }) => readThroughput(deps));

/** Pools work side by side. */
function longest({ byPool }: Remaining): number | null {
  const all = [...byPool.values()];
  return all.includes(null) ? null : Math.max(0, ...all.map(Number));
}

builder.objectFields(PoolType, (t) => ({
  throughputPerMinute: t.float({
    description: "Runs that succeeded in the last ten minutes, per minute.",
    resolve: async ({ name }, _args, context) => (await throughputOf(context)).get(name) ?? 0,
  }),
  remainingSecs: t.float({
    nullable: true,
    description: "Execution of all that waits or is in hand, in seconds, spread over its places; null when unknown.",
    resolve: async ({ name }, _args, context) => {
      const { byPool } = await remainingOf(context);
      return byPool.has(name) ? (byPool.get(name) ?? null) : 0;
    },
  }),
}));

builder.objectFields(SystemStatusType, (t) => ({
  throughputPerMinute: t.float({
    description: "Runs that succeeded in the last ten minutes, per minute, over all pools.",
    resolve: async (_status, _args, context) =>
      [...(await throughputOf(context)).values()].reduce((sum, each) => sum + each, 0),
  }),
  remainingSecs: t.float({
    nullable: true,
    description: "Execution until the pool with the most is done, in seconds; null when that of a pool is unknown.",
    resolve: async (_status, _args, context) => longest(await remainingOf(context)),
  }),
  expectedFinishAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "When the queue would be empty; null when it is, or when unknown.",
    resolve: async (_status, _args, context) => {
      const remaining = await remainingOf(context);
      return remaining.byPool.size === 0 ? null : inSecs(longest(remaining));
    },
  }),
}));
