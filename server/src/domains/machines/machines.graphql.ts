import type { Machine } from "#platform/db/generated/client.ts";
import { addMachine, refreshMachine, removeMachine, updateMachine } from "#domains/machines/machines.service.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { byId, defineLoader } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

export const machineLoader = defineLoader<Machine>(async ({ deps }, ids) =>
  byId(await deps.db.prisma.machine.findMany({ where: { id: { in: [...ids] } } })),
);

/** Runs that hold a place on a machine, by machine. */
const activeRunsLoader = defineLoader<number>(async ({ deps }, ids) => {
  const { rows } = await deps.db.pool.query<{ machine_id: string; count: number }>(
    `SELECT machine_id, count(*)::int AS count FROM run
     WHERE machine_id = ANY($1) AND status IN ('CLAIMED', 'SUBMITTED', 'RUNNING', 'COLLECTING', 'CANCELING')
     GROUP BY machine_id`,
    [ids],
  );
  return new Map(rows.map((row) => [row.machine_id, row.count]));
});

const size = (bytes: bigint | null): number | null => (bytes === null ? null : Number(bytes));

export const MachineType = builder.objectRef<Machine>("Machine");
builder.node(MachineType, {
  description: "A ComfyUI server that executes runs.",
  id: { resolve: (machine) => machine.id },
  loadOne: (id, context) => machineLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique in the studio." }),
    url: t.exposeString("url", { description: "Base address of its HTTP API." }),
    isEnabled: t.exposeBoolean("isEnabled", { description: "Whether it is given runs at all." }),
    isSimulator: t.exposeBoolean("isSimulator", {
      description: "A built-in stand-in without a GPU: its pictures are placeholders.",
    }),
    isReachable: t.exposeBoolean("isReachable", { description: "Whether it answered when it was last asked." }),
    isPaused: t.exposeBoolean("isPaused", { description: "Paused: it is given no new runs, running ones finish." }),
    isDraining: t.exposeBoolean("isDraining", {
      description: "It is given no new runs, and disabled when those in hand are over.",
    }),
    isSuspended: t.boolean({
      description: "Whether it rests after failing several times in a row; it is tried again by itself.",
      resolve: (machine) => machine.suspendedUntil !== null && machine.suspendedUntil > new Date(),
    }),
    suspendedUntil: t.field({
      type: "DateTime",
      nullable: true,
      description: "When a machine that rests is tried again; null for one that does not rest.",
      resolve: ({ suspendedUntil }) => (suspendedUntil && suspendedUntil > new Date() ? suspendedUntil : null),
    }),
    failureStreak: t.exposeInt("failureStreak", {
      description: "How many times it failed in a row; it rests from the third on. 0 after a run that succeeded.",
    }),
    pools: t.exposeStringList("pools", { description: "Pools whose runs it takes." }),
    labels: t.exposeStringList("labels", {
      description: "What it is good for, in short words; runs that require labels go to machines with all of them.",
    }),
    concurrency: t.exposeInt("concurrency", { description: "Runs that it is given at once." }),
    version: t.exposeString("version", {
      nullable: true,
      description: "Its ComfyUI version; null until it has answered.",
    }),
    gpuName: t.exposeString("gpuName", { nullable: true, description: "What it calls its first device." }),
    vramTotalBytes: t.float({
      nullable: true,
      description: "Memory of that device, in bytes.",
      resolve: (machine) => size(machine.vramTotalBytes),
    }),
    vramFreeBytes: t.float({
      nullable: true,
      description: "Free memory of that device, in bytes.",
      resolve: (machine) => size(machine.vramFreeBytes),
    }),
    queueDepth: t.exposeInt("queueDepth", {
      nullable: true,
      description: "Prompts in its own queue, other people's included.",
    }),
    activeRuns: t.int({
      description: "Runs of ours that it works on.",
      resolve: async (machine, _args, context) => (await activeRunsLoader(context).load(machine.id)) ?? 0,
    }),
    lastSeenAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it last answered.",
      resolve: (machine) => machine.lastSeenAt,
    }),
    lastError: t.exposeString("lastError", {
      nullable: true,
      description: "Why it could not be reached, when it could not.",
    }),
  }),
});

builder.queryField("machines", (t) =>
  t.field({
    type: [MachineType],
    description: "All machines, by name.",
    resolve: (_root, _args, { deps }) => deps.db.prisma.machine.findMany({ orderBy: { name: "asc" } }),
  }),
);

mutation("addMachine", {
  description: "Adds a ComfyUI server that answers.",
  role: "admin",
  input: builder.inputType("AddMachineInput", {
    description: "A new machine.",
    fields: (t) => ({
      name: t.string({ required: true, description: "Unique in the studio." }),
      url: t.string({ required: true, description: "Base address, such as http://10.0.0.5:8188." }),
      pools: t.stringList({ description: "Pools whose runs it takes; `default` unless said." }),
      labels: t.stringList({
        description: "What it is good for: up to 20 words of lower-case letters, digits, `.`, `-`, `_`.",
      }),
      concurrency: t.int({ description: "Runs at once, 1 to 64; 1 unless said." }),
      apiKey: t.string({ description: "Sent as a bearer token; never given back." }),
    }),
  }),
  payload: payloadOf("AddMachinePayload", "machine", MachineType, "The machine."),
  resolve: async (input, { deps }) => ({
    machine: await addMachine(deps, {
      name: input.name,
      url: input.url,
      pools: input.pools ?? undefined,
      labels: input.labels ?? undefined,
      concurrency: input.concurrency ?? undefined,
      apiKey: input.apiKey ?? undefined,
    }),
  }),
});

mutation("updateMachine", {
  description: "Changes a machine; fields left out stay.",
  role: "admin",
  input: builder.inputType("UpdateMachineInput", {
    description: "What to change.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which machine." }),
      name: t.string({ description: "Unique in the studio." }),
      url: t.string({ description: "Base address." }),
      isEnabled: t.boolean({ description: "Whether it is given runs; enabling also ends a suspension." }),
      pools: t.stringList({ description: "Pools whose runs it takes." }),
      labels: t.stringList({ description: "All its labels from now on, up to 20; an empty list takes them away." }),
      concurrency: t.int({ description: "Runs at once, 1 to 64." }),
      apiKey: t.string({ description: "A new key; empty text takes the key away." }),
    }),
  }),
  payload: payloadOf("UpdateMachinePayload", "machine", MachineType, "The machine as it is now."),
  resolve: async (input, { deps }) => ({
    machine: await updateMachine(deps, requireId("Machine", input.id), {
      name: input.name ?? undefined,
      url: input.url ?? undefined,
      isEnabled: input.isEnabled ?? undefined,
      pools: input.pools ?? undefined,
      labels: input.labels ?? undefined,
      concurrency: input.concurrency ?? undefined,
      apiKey: input.apiKey ?? undefined,
    }),
  }),
});

const MachineRef = (name: string) =>
  builder.inputType(name, {
    description: "Which machine.",
    fields: (t) => ({ id: t.id({ required: true, description: "The machine's id." }) }),
  });

mutation("removeMachine", {
  description: "Removes a machine. Runs under way on it go back to the queue.",
  role: "admin",
  input: MachineRef("RemoveMachineInput"),
  payload: builder.objectRef<{ id: string }>("RemoveMachinePayload").implement({
    description: "Answer of a mutation: what was removed.",
    fields: (t) => ({
      removedId: t.id({ description: "The id that the machine had.", resolve: ({ id }) => encodeId("Machine", id) }),
    }),
  }),
  resolve: async (input, { deps }) => {
    const id = requireId("Machine", input.id);
    await deps.runQueue.handBackFrom(id);
    await removeMachine(deps, id);
    return { id };
  },
});

mutation("refreshMachine", {
  description: "Reads a machine's health and node definitions anew, and ends a suspension.",
  role: "admin",
  input: MachineRef("RefreshMachineInput"),
  payload: payloadOf("RefreshMachinePayload", "machine", MachineType, "The machine as it is now."),
  resolve: async (input, { deps }) => ({ machine: await refreshMachine(deps, requireId("Machine", input.id)) }),
});
