import { encodeId } from "#graphql/ids.ts";
import { startApi } from "#test/api/api-server.ts";
import { pictureGraph, type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

let studio: QueueStudio;
beforeEach(async () => {
  studio = await startQueueStudio();
});
afterEach(() => studio[Symbol.asyncDispose]());

const machine = async (viewer = studio.admin) =>
  (
    await studio.execute(
      `{ machines { throughputPerMinute recentFailures failureStreak suspendedUntil likelyModels
         lastWorkflow { name } currentRuns { id status progress job { id } } } }`,
      {},
      { viewer },
    )
  ).machines[0];

test("a machine tells what it runs now, to those who may see the job", async () => {
  const id = await studio.submit({ ms: 60_000 });
  await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
  expect(await machine()).toMatchObject({
    currentRuns: [{ status: "RUNNING", progress: expect.any(Number), job: { id: encodeId("Job", id) } }],
  });
  expect(await machine(await studio.person("CREATOR"))).toMatchObject({ currentRuns: [] });
  await studio.execute("mutation ($input: CancelJobInput!) { cancelJob(input: $input) { __typename } }", {
    input: { id: encodeId("Job", id), mode: "NOW" },
  });
  await studio.untilEnded(id);
  expect(await machine()).toMatchObject({ currentRuns: [] });
});

test("a machine tells how fast it is, what failed on it, and which models it had last", async () => {
  expect(await machine()).toMatchObject({ throughputPerMinute: 0, recentFailures: 0, lastWorkflow: null });
  const workflowId = await studio.workflow("Picture", pictureGraph);
  await studio.untilEnded(await studio.submit({ workflowId, tries: 5 }));
  expect(await machine()).toMatchObject({
    throughputPerMinute: 0.5,
    recentFailures: 0,
    failureStreak: 0,
    likelyModels: ["studio"],
    lastWorkflow: { name: "Picture" },
  });
  studio.simulators[0]?.setFault({ failNode: { classType: "SimulatorSleep" } });
  await studio.untilEnded(await studio.submit());
  expect(await machine()).toMatchObject({ throughputPerMinute: 0.5, recentFailures: 1 });
  const until = new Date(Date.now() + 60_000);
  await studio.deps.db.prisma.machine.updateMany({ data: { suspendedUntil: until, failureStreak: 3 } });
  expect(await machine()).toMatchObject({ failureStreak: 3, suspendedUntil: until.toISOString() });
  await studio.deps.db.prisma.machine.updateMany({ data: { suspendedUntil: new Date(0) } });
  expect(await machine()).toMatchObject({ suspendedUntil: null });
});

test("jobs are found by their ids; what is unknown, foreign or junk is left out", async () => {
  const [first, second] = [await studio.submit(), await studio.submit()];
  await studio.submit();
  const ask = async (ids: string[], viewer = studio.admin) =>
    (
      await studio.execute("query ($ids: [ID!]) { jobs(ids: $ids) { totalCount nodes { id } } }", { ids }, { viewer })
    ).jobs.nodes.map(({ id }: { id: string }) => id);
  const ids = [first, second].map((id) => encodeId("Job", id));
  expect(await ask([...ids, "junk", encodeId("Job", "01900000-0000-7000-8000-00000000dead")])).toEqual(
    ids.toReversed(),
  );
  expect(await ask([])).toEqual([]);
  expect(await ask(ids, await studio.person("CREATOR"))).toEqual([]);
  const tooMany = await studio.execute(
    "query ($ids: [ID!]) { jobs(ids: $ids) { totalCount } }",
    { ids: Array.from({ length: 201 }, () => ids[0]) },
    { errors: "return" },
  );
  expect(tooMany.errors[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
});

test("the system is told at once, after each change, and to nobody any more when they have gone", async () => {
  const api = await startApi(studio);
  try {
    const client = await api.socket();
    client.subscribe("system", "subscription { systemUpdated { isPaused machines { name isEnabled activeRuns } } }");
    const next = async () => (await client.next()).payload.data.systemUpdated;
    expect(await next()).toEqual({
      isPaused: false,
      machines: [{ name: "machine-1", isEnabled: true, activeRuns: 0 }],
    });
    await studio.execute("mutation { pauseQueue(input: {}) { __typename } }");
    let state = await next();
    // What the machine's health had to say may come before.
    while (!state.isPaused) state = await next();
    expect(state).toMatchObject({ isPaused: true });
    await client.close();
  } finally {
    await api[Symbol.asyncDispose]();
  }
});

test("what is stored is told by kind, each content once, and together it is all", async () => {
  await studio.picture("red.png", "red");
  await studio.picture("the same.png", "red");
  await studio.picture("green.png", "green");
  await studio.untilEnded(await studio.submit());
  const status = async (viewer = studio.admin) =>
    (
      await studio.execute(
        "{ systemStatus { storage { place files bytes use { kind files bytes } } database { version isEmbedded bytes } } }",
        {},
        { viewer },
      )
    ).systemStatus;
  const { storage, database } = await status();
  expect(storage.place).toBe(studio.config.assetsDir);
  const use = storage.use as { kind: string; files: number; bytes: number }[];
  expect(use.find(({ kind }) => kind === "UPLOAD")).toMatchObject({ files: 2 });
  expect(use.find(({ kind }) => kind === "OUTPUT")).toMatchObject({ files: 1 });
  expect(use.reduce((sum, { files }) => sum + files, 0)).toBe(storage.files);
  expect(use.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(storage.bytes);
  expect(database).toMatchObject({ version: expect.stringMatching(/^\d+/), bytes: expect.any(Number) });
  expect((await status(await studio.person("VIEWER"))).storage.place).toBeNull();
});
