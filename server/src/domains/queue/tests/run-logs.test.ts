import { encodeId } from "#graphql/ids.ts";
import { cancelJob, retryJob } from "#domains/queue/jobs.service.ts";
import { watchRunLog } from "#domains/queue/watch-run-log.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";

const linesOf = async ({ deps }: QueueStudio, runId = "") => {
  await deps.runLog.flush();
  return deps.db.prisma.runLog.findMany({ where: { runId }, orderBy: { id: "asc" } });
};
const eventsOf = async (studio: QueueStudio, runId = "") => (await linesOf(studio, runId)).map(({ event }) => event);
const logs = `query ($id: ID!, $first: Int, $last: Int, $after: String, $before: String) {
  node(id: $id) { ... on Run { logs(first: $first, last: $last, after: $after, before: $before) {
    totalCount pageInfo { hasNextPage startCursor endCursor } nodes { cursor at attempt level event message } } } } }`;

test("the way of a run is in its log, in order", async () => {
  await using studio = await startQueueStudio();
  const job = await studio.untilEnded(await studio.submit({ ms: 300 }));
  const events = await eventsOf(studio, job.runs[0]?.id);
  expect(events.filter((event) => event !== "STARTED")).toEqual(["TAKEN", "ACCEPTED", "EXECUTED", "SUCCEEDED"]);
  const lines = await linesOf(studio, job.runs[0]?.id);
  expect(lines[1]?.message).toBe(`machine-1 accepted it as prompt ${job.runs[0]?.comfyPromptId}`);
  expect(lines.at(-1)?.message).toMatch(/^Stored .*\.png$/);
});

test("attempts, their reasons and what people did are in the log", async () => {
  await using studio = await startQueueStudio({
    simulators: [{ faults: { outOfMemory: { classType: "SimulatorSleep", times: 2 } } }],
    config: { worker: { attempts: 2 } },
  });
  const id = await studio.submit();
  const { runs } = await studio.untilEnded(id);
  expect(runs[0]?.status).toBe("FAILED");
  await studio.deps.db.prisma.machine.updateMany({ data: { isPaused: true } });
  await retryJob(studio.deps, studio.admin, id, { newSeeds: false });
  await cancelJob(studio.deps, studio.admin, id, "NOW");
  const lines = await linesOf(studio, runs[0]?.id);
  expect(
    lines.filter(({ level, event }) => level !== "INFO" || event.endsWith("_ASKED") || event === "CANCELED"),
  ).toMatchObject([
    {
      event: "RETRIED",
      attempt: 1,
      level: "WARNING",
      message: expect.stringMatching(/^Tried again in 1 s; OUT_OF_MEMORY/),
    },
    { event: "FAILED", attempt: 2, level: "ERROR", message: expect.stringContaining("OUT_OF_MEMORY") },
    { event: "RETRY_ASKED", attempt: 3 },
    { event: "CANCELED", attempt: 3, message: expect.stringContaining("before the run had begun") },
  ]);
});

test("a line belongs to the attempt of which it tells, however soon the next one begins", async () => {
  await using studio = await startQueueStudio();
  await studio.deps.db.prisma.machine.updateMany({ data: { isPaused: true } });
  const id = await studio.submit();
  for (let round = 0; round < 2; round += 1) {
    await cancelJob(studio.deps, studio.admin, id, "NOW");
    await retryJob(studio.deps, studio.admin, id, { newSeeds: false });
  }
  const { runs } = await studio.job(id);
  const lines = await linesOf(studio, runs[0]?.id);
  expect(lines.map(({ event, attempt }) => [event, attempt])).toEqual([
    ["CANCELED", 1],
    ["RETRY_ASKED", 2],
    ["CANCELED", 2],
    ["RETRY_ASKED", 3],
  ]);
});

test("a worker that goes and the one that takes over both say so", async () => {
  await using studio = await startQueueStudio({ config: { worker: { lockDurationMs: 1_000 } } });
  studio.simulators[0]?.setFault({ neverEnding: true });
  const id = await studio.submit();
  await studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
  await studio.app[Symbol.asyncDispose]();
  await using next = await startQueueStudio({ beside: studio });
  studio.simulators[0]?.clearFaults();
  const { runs } = await next.untilEnded(id);
  expect(await eventsOf(next, runs[0]?.id)).toEqual(
    expect.arrayContaining(["TAKEN", "ACCEPTED", "LET_GO", "TAKEN_OVER", "EXECUTED", "SUCCEEDED"]),
  );
});

test("the log of a run keeps its newest 5,000 lines, and lines of runs that are gone are dropped", async () => {
  await using studio = await startQueueStudio();
  const { runs } = await studio.untilEnded(await studio.submit());
  const run = runs[0] as (typeof runs)[number];
  await studio.deps.runLog.flush();
  for (let line = 0; line < 5_200; line += 1) studio.deps.runLog.add(run, "MACHINE_BACK", `line ${line}`);
  await studio.deps.runLog.flush();
  studio.deps.runLog.add({ ...run, id: "01a21d4b-0000-7000-8000-000000000000" }, "TAKEN", "nowhere");
  studio.deps.runLog.add(run, "MACHINE_BACK", "the last, with \0 in it");
  expect((await linesOf(studio, run.id)).at(-1)?.message).toMatch(/^the last/);
  studio.deps.runLog.add(run, "MACHINE_BACK", "one more");
  expect((await linesOf(studio, run.id)).length).toBe(5_000);
  expect(await studio.deps.db.prisma.runLog.count({ where: { run: { id: { not: run.id } } } })).toBe(0);
});

test("logs cost four statements a second at most, however many lines there are", async () => {
  await using studio = await startQueueStudio();
  await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 8 } });
  studio.takeStatements();
  const begun = performance.now();
  await studio.untilEnded(await studio.submit({ tries: 100 }));
  await studio.deps.runLog.flush();
  const secs = (performance.now() - begun) / 1_000;
  const writes = studio.takeStatements().filter((sql) => sql.includes("INSERT INTO run_log"));
  expect(await studio.deps.db.prisma.runLog.count()).toBeGreaterThanOrEqual(400);
  expect(writes.length).toBeLessThanOrEqual(4 * secs + 2);
});

test("logs are paged in both directions", async () => {
  await using studio = await startQueueStudio();
  const { runs } = await studio.untilEnded(await studio.submit());
  const run = runs[0] as (typeof runs)[number];
  for (let line = 0; line < 6; line += 1) studio.deps.runLog.add(run, "MACHINE_BACK", `line ${line}`);
  await studio.deps.runLog.flush();
  const page = async (args: object) => (await studio.execute(logs, { id: encodeId("Run", run.id), ...args })).node.logs;
  const all = await page({});
  expect(all.nodes.at(-1)).toMatchObject({ event: "MACHINE_BACK", message: "line 5", attempt: 1, level: "INFO" });
  const first = await page({ first: 3 });
  expect(first).toMatchObject({ totalCount: all.nodes.length, pageInfo: { hasNextPage: true } });
  const rest = await page({ first: 200, after: first.pageInfo.endCursor });
  expect([...first.nodes, ...rest.nodes]).toEqual(all.nodes);
  const last = await page({ last: 2 });
  expect(last.nodes).toEqual(all.nodes.slice(-2));
  expect((await page({ last: 2, before: last.pageInfo.startCursor })).nodes).toEqual(all.nodes.slice(-4, -2));
  expect((await page({ last: 2, before: last.nodes[0].cursor })).nodes).toEqual(all.nodes.slice(-4, -2));
});

test("a watch gives the lines that are there, then new ones, and nothing to people of other projects", async () => {
  await using studio = await startQueueStudio();
  const { runs } = await studio.untilEnded(await studio.submit());
  const run = runs[0] as (typeof runs)[number];
  const before = await linesOf(studio, run.id);
  const watch = await watchRunLog(studio.deps, studio.admin, run.id);
  expect((await watch.next()).value).toHaveLength(before.length);
  studio.deps.runLog.add(run, "MACHINE_BACK", "news");
  expect((await watch.next()).value).toMatchObject([{ message: "news", event: "MACHINE_BACK" }]);
  await watch.return();
  await expect(watchRunLog(studio.deps, await studio.person("CREATOR"), run.id)).rejects.toThrow("The run");
});
