import { encodeId } from "#graphql/ids.ts";
import type { EventBus } from "#platform/events/event-bus.ts";
import { type Api, type Message, type Socket, startApi } from "#test/api/api-server.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

/** A bus that counts who listens, and tells when nobody does any more. */
function countingBus(bus: EventBus) {
  let listeners = 0;
  let wake: (() => void) | undefined;
  const counting: EventBus = {
    publish: (topic, data) => bus.publish(topic, data),
    recent: (topic) => bus.recent(topic),
    subscribe: (topic, listener) => {
      const stop = bus.subscribe(topic, listener);
      listeners += 1;
      return () => {
        stop();
        listeners -= 1;
        wake?.();
      };
    },
    flush: () => bus.flush(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return {
    bus: counting,
    count: () => listeners,
    untilNone: async () => {
      while (listeners > 0) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

let studio: QueueStudio;
let api: Api;
let listeners: ReturnType<typeof countingBus>;
beforeAll(async () => {
  studio = await startQueueStudio();
  listeners = countingBus(studio.deps.bus);
  api = await startApi({ ...studio, deps: { ...studio.deps, bus: listeners.bus } });
  api.viewers.set("stranger", await studio.person("CREATOR"));
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
});

const watchJob =
  "subscription ($id: ID!) { jobUpdated(id: $id) { id status finishedAt progress counts { total succeeded } runs { nodes { status outputs { url } } } } }";
const watchQueue = "subscription { queueUpdated { job { id priority } } }";

/** All messages of an operation, to its end. */
async function untilComplete(client: Socket): Promise<Message[]> {
  const messages: Message[] = [];
  do messages.push(await client.next());
  while (messages.at(-1)?.type === "next");
  return messages;
}

test("a job is told as it is now, as it changes, at its end, and then no more", async () => {
  const id = encodeId("Job", await studio.submit({ tries: 3, ms: 250 }));
  const client = await api.socket();
  client.subscribe("job", watchJob, { id });
  const messages = await untilComplete(client);
  expect(messages.at(-1)).toEqual({ id: "job", type: "complete" });
  const states = messages.slice(0, -1).map((message) => message.payload.data.jobUpdated);
  expect(states[0]).toMatchObject({ id, finishedAt: null, counts: { total: 3, succeeded: 0 } });
  expect(states.length).toBeGreaterThan(3);
  const progress = states.map((state) => state.progress);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  const end = states.at(-1);
  expect(end).toMatchObject({
    status: "SUCCEEDED",
    finishedAt: expect.any(String),
    progress: 1,
    counts: { succeeded: 3 },
  });
  expect(end.runs.nodes.map((run: { status: string; outputs: unknown[] }) => [run.status, run.outputs.length])).toEqual(
    [
      ["SUCCEEDED", 1],
      ["SUCCEEDED", 1],
      ["SUCCEEDED", 1],
    ],
  );
  expect(states.filter((state) => state.finishedAt !== null)).toHaveLength(1);
  expect(listeners.count()).toBe(0);
  await client.close();
});

test("a job that is over is told once", async () => {
  const jobId = await studio.submit();
  await studio.untilEnded(jobId);
  const client = await api.socket();
  client.subscribe("job", watchJob, { id: encodeId("Job", jobId) });
  expect(await untilComplete(client)).toMatchObject([
    { type: "next", payload: { data: { jobUpdated: { status: "SUCCEEDED" } } } },
    { type: "complete" },
  ]);
  expect(listeners.count()).toBe(0);
  await client.close();
});

test("a job ends for its watchers even when the events of its end were lost", async () => {
  const deaf = await startApi({
    ...studio,
    deps: { ...studio.deps, bus: { ...listeners.bus, subscribe: () => () => undefined } },
  });
  const jobId = await studio.submit({ ms: 400 });
  const client = await deaf.socket();
  client.subscribe("job", watchJob, { id: encodeId("Job", jobId) });
  const messages = await untilComplete(client);
  expect(messages.at(-2)).toMatchObject({ payload: { data: { jobUpdated: { status: "SUCCEEDED" } } } });
  await client.close();
  await deaf[Symbol.asyncDispose]();
});

test("unknown, foreign and junk ids are refused before anything is sent, and the socket goes on", async () => {
  const foreign = encodeId("Job", await studio.submit());
  const client = await api.socket({ "x-viewer": "stranger" });
  for (const id of [
    foreign,
    encodeId("Job", "01900000-0000-7000-8000-00000000dead"),
    encodeId("Run", "01900000-0000-7000-8000-00000000dead"),
    "junk",
  ]) {
    client.subscribe("job", watchJob, { id });
    expect(await untilComplete(client)).toMatchObject([
      {
        payload: { errors: [{ message: expect.stringContaining("was not found"), extensions: { code: "NOT_FOUND" } }] },
      },
      { type: "complete" },
    ]);
  }
  expect((await client.run("{ viewer { role } }")).data).toEqual({ viewer: { role: "CREATOR" } });
  expect(listeners.count()).toBe(0);
  await client.close();
});

/** A job that nothing works on. */
const pausedJob = async (viewer = studio.admin): Promise<string> => {
  const id = await studio.submit({ pool: "nobody" }, viewer);
  return id;
};
const setPriority = (id: string, priority: number) =>
  studio.deps.db.prisma.job.update({ where: { id }, data: { priority } });

test("changes of the queue come at most ten times a second, and the last one always", async () => {
  const id = await pausedJob();
  const client = await api.socket();
  client.subscribe("queue", watchQueue);
  client.send({ type: "ping" });
  await client.next();
  const startedAt = performance.now();
  let priority = 0;
  while (performance.now() - startedAt < 1_000) {
    await setPriority(id, ++priority);
    for (let n = 0; n < 20; n++) studio.deps.bus.publish("job.changed", { jobId: id });
  }
  let events = 0;
  for (let last = 0; last !== priority; events++) {
    const { job } = (await client.next()).payload.data.queueUpdated;
    // Jobs of the tests above may still be told of.
    if (job.id !== encodeId("Job", id)) continue;
    expect(job.priority).toBeGreaterThan(last);
    last = job.priority;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  expect(priority).toBeGreaterThan(20);
  expect(events).toBeGreaterThan(3);
  expect(events).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
  await client.close();
});

test("the queue tells nobody of other people's jobs", async () => {
  const stranger = api.viewers.get("stranger");
  if (!stranger) throw new Error("the stranger is missing");
  const [foreign, own] = [await pausedJob(), await pausedJob(stranger)];
  const client = await api.socket({ "x-viewer": "stranger" });
  client.subscribe("queue", watchQueue);
  client.send({ type: "ping" });
  await client.next();
  studio.deps.bus.publish("job.changed", { jobId: foreign });
  studio.deps.bus.publish("job.changed", { jobId: own });
  expect(await client.next()).toMatchObject({
    payload: { data: { queueUpdated: { job: { id: encodeId("Job", own) } } } },
  });
  expect(client.unread()).toEqual([]);
  await client.close();
});

test("a change is looked up once for all who watch, and each of them gets the last one", async () => {
  const id = await pausedJob();
  const clients = await Promise.all(Array.from({ length: 20 }, () => api.socket()));
  for (const client of clients) {
    client.subscribe("queue", watchQueue);
    client.send({ type: "ping" });
    await client.next();
  }
  const heard = async (client: Socket, priority: number): Promise<void> => {
    for (;;) {
      const { job } = (await client.next()).payload.data.queueUpdated;
      if (job.id === encodeId("Job", id) && job.priority === priority) return;
    }
  };
  const change = async (priority: number): Promise<void> => {
    await setPriority(id, priority);
    studio.deps.bus.publish("job.changed", { jobId: id });
    await Promise.all(clients.map((client) => heard(client, priority)));
  };
  // Who has begun to watch is told of the last moments first, each at another time; after a change they are all alike.
  await change(-1);
  studio.takeStatements();
  await change(1);
  const looks = studio.takeStatements().filter((sql) => /^SELECT.*FROM "public"."job" WHERE/.test(sql));
  expect(looks.length).toBeGreaterThan(0);
  expect(looks.length).toBeLessThan(5);

  // Changes that follow each other closely: what was seen a moment ago is no answer to the next.
  for (let priority = 2; priority < 12; priority++) {
    await setPriority(id, priority);
    studio.deps.bus.publish("job.changed", { jobId: id });
  }
  await Promise.all(clients.map((client) => heard(client, 11)));
  await Promise.all(clients.map((client) => client.close()));
});

test("whoever unsubscribes, closes or just vanishes leaves no listener behind", async () => {
  const id = encodeId("Job", await pausedJob());
  for (const leave of [
    async (client: Socket) => {
      client.send({ id: "a", type: "complete" });
      client.send({ id: "b", type: "complete" });
    },
    (client: Socket) => client.close(),
    async (client: Socket) => client.socket.terminate(),
  ]) {
    const client = await api.socket();
    client.subscribe("a", watchQueue);
    client.subscribe("b", watchJob, { id });
    // The queue may tell of jobs that changed a moment ago.
    while ((await client.next()).id !== "b");
    expect(listeners.count()).toBe(2);
    await leave(client);
    await listeners.untilNone();
    client.socket.terminate();
  }
});

test("a server that stops tells its sockets, and leaves no listener behind", async () => {
  const stopping = await startApi({ ...studio, deps: { ...studio.deps, bus: listeners.bus } });
  const client = await stopping.socket();
  client.subscribe("a", watchQueue);
  client.send({ type: "ping" });
  await client.next();
  await stopping[Symbol.asyncDispose]();
  expect(await client.closed).toMatchObject({ code: 1001 });
  await listeners.untilNone();
});

test("whoever reads the queue and then watches it hears of what changed in between", async () => {
  const jobId = await studio.submit();
  await studio.untilEnded(jobId);
  const client = await api.socket();
  client.subscribe("queue", watchQueue);
  let heard;
  do heard = (await client.next()).payload.data.queueUpdated.job.id;
  while (heard !== encodeId("Job", jobId));
  await client.close();
});
