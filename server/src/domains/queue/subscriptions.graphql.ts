import type { Job } from "#platform/db/generated/client.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { type JobEvent, jobLooks } from "#domains/queue/job-looks.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { requireJob } from "#domains/queue/jobs.service.ts";
import { SystemStatusType } from "#domains/queue/system-status.graphql.ts";
import { watchSystem } from "#domains/queue/system-watch.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { requireId } from "#graphql/ids.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { coalesce } from "#platform/events/coalesce.ts";
import { mapIterator } from "#platform/events/map-iterator.ts";

/** At most ten events a second for one subscriber. */
const everyMs = 100;

/** Events are hints that can be lost with their store; whoever waits for the end of a job looks for it now and then. */
const lookAgainMs = 5_000;

/** The job now, then after every change, until it has ended. */
function watchJob(deps: Context["deps"], viewer: Viewer, id: string) {
  let hasChanged = true;
  const changes = coalesce((changed) => {
    const stop = deps.bus.subscribe("job.changed", ({ jobId }) => {
      if (jobId !== id) return;
      jobLooks.forget(deps.bus, id);
      hasChanged = true;
      changed(id);
    });
    const timer = setInterval(() => changed(id), lookAgainMs).unref();
    // The first look comes after the watch has begun, so that no change falls between the two.
    changed(id);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, everyMs);
  const look = async (jobId: string): Promise<Job | undefined> => {
    const isNews = hasChanged;
    hasChanged = false;
    const event = await jobLooks.look(deps, viewer, jobId);
    if (!event) throw new NotFoundError("The job", ["id"]);
    const { job } = event;
    return isNews || job.finishedAt !== null ? job : undefined;
  };
  return mapIterator(changes, look, (job) => job.finishedAt !== null);
}

function watchQueue(deps: Context["deps"], viewer: Viewer) {
  const changes = coalesce((changed) => {
    const stop = deps.bus.subscribe("job.changed", ({ jobId }) => {
      jobLooks.forget(deps.bus, jobId);
      changed(jobId);
    });
    for (const { jobId } of deps.bus.recent("job.changed")) changed(jobId);
    return stop;
  }, everyMs);
  return mapIterator(changes, async (jobId) => (await jobLooks.look(deps, viewer, jobId)) ?? undefined);
}

const QueueEventType = builder.objectRef<JobEvent>("QueueEvent").implement({
  description: "A change in the queue.",
  fields: (t) => ({
    job: t.field({ type: JobType, description: "The job that changed, as it is now.", resolve: ({ job }) => job }),
  }),
});

builder.subscriptionFields((t) => ({
  jobUpdated: t.field({
    type: JobType,
    description: "First the job as it is now, then every change of it or of its runs; ends after the job has ended.",
    args: { id: t.arg.id({ required: true, description: "Which job." }) },
    subscribe: async (_root, { id }, { deps, viewer }) => {
      const jobId = requireId("Job", id);
      await requireJob(deps, viewer as Viewer, jobId);
      return watchJob(deps, viewer as Viewer, jobId);
    },
    resolve: (job) => job,
  }),
  queueUpdated: t.field({
    type: QueueEventType,
    description:
      "Every change in the queue that the viewer may see, at most ~10 events a second per subscriber (coalesced, the last state always delivered). Begins with the jobs that changed within the last seconds: whoever reads the queue and subscribes misses nothing between the two.",
    subscribe: (_root, _args, { deps, viewer }) => watchQueue(deps, viewer as Viewer),
    resolve: (event) => event,
  }),
  systemUpdated: t.field({
    type: SystemStatusType,
    description:
      "First the system as it is now, then again whenever machines, pauses or jobs change, at most once a second, and at least every five seconds.",
    subscribe: (_root, _args, { deps }) => watchSystem(deps),
    resolve: (state) => state,
  }),
}));
