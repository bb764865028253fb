import { MachineType } from "#domains/machines/machines.graphql.ts";
import { clearQueue } from "#domains/queue/clear-queue.service.ts";
import { drainMachine } from "#domains/queue/drain-machine.service.ts";
import { JobType } from "#domains/queue/jobs.graphql.ts";
import { reorderJob } from "#domains/queue/reorder-job.service.ts";
import { SystemStatusType } from "#domains/queue/system-status.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

mutation("reorderJob", {
  description:
    "Moves the waiting runs of a job among those with the same pool and priority; fairness between people comes first.",
  input: builder.inputType("ReorderJobInput", {
    description: "Which job and where to.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which job." }),
      before: t.id({ description: "The job before which it shall go; behind all unless said." }),
    }),
  }),
  payload: payloadOf("ReorderJobPayload", "job", JobType, "The job as it is now."),
  resolve: async (input, { deps, viewer }) => ({
    job: await reorderJob(deps, viewer, requireId("Job", input.id), optionalId("Job", input.before, ["before"])),
  }),
});

mutation("clearQueue", {
  description: "Cancels all runs that wait, everybody's; those in hand go on.",
  role: "admin",
  input: builder.inputType("ClearQueueInput", {
    description: "What to clear, and how much that is.",
    fields: (t) => ({
      expectedCount: t.int({
        required: true,
        description: "How many runs you saw waiting. When it is another number by now, nothing is canceled.",
      }),
      pool: t.string({ description: "Only runs of this pool." }),
    }),
  }),
  payload: builder.objectRef<{ canceledCount: number }>("ClearQueuePayload").implement({
    description: "Answer of a mutation: what was canceled.",
    fields: (t) => ({
      canceledCount: t.exposeInt("canceledCount", { description: "Runs that were canceled." }),
      status: t.field({ type: SystemStatusType, description: "The system as it is now.", resolve: () => ({}) }),
    }),
  }),
  resolve: (input, { deps, viewer }) =>
    clearQueue(deps, viewer, { expectedCount: input.expectedCount, pool: input.pool ?? undefined }),
});

mutation("drainMachine", {
  description: "Gives a machine nothing more, and disables it when what it has in hand is over. Enabling it ends that.",
  role: "admin",
  input: builder.inputType("DrainMachineInput", {
    description: "Which machine.",
    fields: (t) => ({ id: t.id({ required: true, description: "The machine's id." }) }),
  }),
  payload: payloadOf("DrainMachinePayload", "machine", MachineType, "The machine as it is now."),
  resolve: async (input, { deps }) => ({ machine: await drainMachine(deps, requireId("Machine", input.id)) }),
});
