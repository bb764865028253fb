import type { Job } from "#platform/db/generated/client.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { cancelJob, retryJob, setJobPaused, setJobPriority, setQueuePaused } from "#domains/queue/jobs.service.ts";
import { SystemStatusType } from "#domains/queue/system-status.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const CancelModeType = builder.enumType("CancelMode", {
  description: "What happens to runs that are in hand.",
  values: {
    NOW: { description: "They are stopped." },
    AFTER_CURRENT: { description: "They finish." },
  } as const,
});

interface Canceled {
  job: Job;
  canceledCount: number;
  cancelingCount: number;
  alreadyEndedCount: number;
}

mutation("cancelJob", {
  description: "Cancels what is not over. A result that lands before the stop is kept; repeats are harmless.",
  input: builder.inputType("CancelJobInput", {
    description: "Which job and how.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which job." }),
      mode: t.field({
        type: CancelModeType,
        defaultValue: "NOW",
        description: "What happens to runs that are in hand.",
      }),
    }),
  }),
  payload: builder.objectRef<Canceled>("CancelJobPayload").implement({
    description: "Answer of a mutation: the job and what became of its runs.",
    fields: (t) => ({
      job: t.field({ type: JobType, description: "The job as it is now.", resolve: ({ job }) => job }),
      canceledCount: t.exposeInt("canceledCount", { description: "Runs that ended at once." }),
      cancelingCount: t.exposeInt("cancelingCount", { description: "Runs that are being stopped." }),
      alreadyEndedCount: t.exposeInt("alreadyEndedCount", { description: "Runs that were over before." }),
    }),
  }),
  resolve: (input, { deps, viewer }) => cancelJob(deps, viewer, requireId("Job", input.id), input.mode ?? "NOW"),
});

mutation("retryJob", {
  description: "Puts failed and canceled runs back into the queue.",
  input: builder.inputType("RetryJobInput", {
    description: "Which job, and which of its runs.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which job." }),
      runIds: t.idList({ description: "Only these runs; all failed and canceled ones unless said." }),
      newSeeds: t.boolean({ defaultValue: false, description: "Draws new seeds." }),
    }),
  }),
  payload: builder.objectRef<{ job: Job; retriedCount: number }>("RetryJobPayload").implement({
    description: "Answer of a mutation: the job and how many runs go again.",
    fields: (t) => ({
      job: t.field({ type: JobType, description: "The job as it is now.", resolve: ({ job }) => job }),
      retriedCount: t.exposeInt("retriedCount", { description: "Runs that are pending again." }),
    }),
  }),
  resolve: (input, { deps, viewer }) =>
    retryJob(deps, viewer, requireId("Job", input.id), {
      runIds: input.runIds?.map((id, index) => requireId("Run", id, ["runIds", String(index)])),
      newSeeds: input.newSeeds ?? false,
    }),
});

const PauseJobInput = builder.inputType("PauseJobInput", {
  description: "Which job.",
  fields: (t) => ({ id: t.id({ required: true, description: "The job's id." }) }),
});

mutation("pauseJob", {
  description: "Claims no more of a job's runs; those in hand finish.",
  input: PauseJobInput,
  payload: payloadOf("PauseJobPayload", "job", JobType, "The job as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    job: await setJobPaused(deps, viewer, requireId("Job", input.id), true),
  }),
});

mutation("resumeJob", {
  description: "Lets a paused job go on.",
  input: PauseJobInput,
  payload: payloadOf("ResumeJobPayload", "job", JobType, "The job as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    job: await setJobPaused(deps, viewer, requireId("Job", input.id), false),
  }),
});

mutation("setJobPriority", {
  description: "Moves a job forward or back among those that wait.",
  input: builder.inputType("SetJobPriorityInput", {
    description: "Which job and where to.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which job." }),
      priority: t.int({ required: true, description: "Higher goes first; −1000 to 1000." }),
    }),
  }),
  payload: payloadOf("SetJobPriorityPayload", "job", JobType, "The job as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    job: await setJobPriority(deps, viewer, requireId("Job", input.id), input.priority),
  }),
});

const PauseQueueInput = builder.inputType("PauseQueueInput", {
  description: "What to pause or resume: the whole queue unless a pool or a machine is named.",
  fields: (t) => ({
    pool: t.string({ description: "One pool." }),
    machineId: t.id({ description: "One machine." }),
  }),
});
const PauseQueuePayload = payloadOf("PauseQueuePayload", "status", SystemStatusType, "The system as it is now.");

for (const [name, isPaused, description] of [
  ["pauseQueue", true, "Claims nothing new; running ones finish."],
  ["resumeQueue", false, "Lets the queue, a pool or a machine go on."],
] as const) {
  mutation(name, {
    description,
    input: PauseQueueInput,
    payload: PauseQueuePayload,
    resolve: async (input, { deps }) => {
      await setQueuePaused(
        deps,
        { pool: input.pool ?? undefined, machineId: optionalId("Machine", input.machineId, ["machineId"]) },
        isPaused,
      );
      return { status: {} };
    },
  });
}
