import { cancelJob } from "#domains/queue/jobs.service.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { availableBackends } from "#test/support/redis.ts";

const machine = (studio: QueueStudio, index = 0) => {
  const simulator = studio.simulators[index];
  if (!simulator) throw new Error("no such simulator");
  return simulator;
};
const running = (studio: QueueStudio, id: string) => studio.untilJob(id, (job) => job.runs[0]?.status === "RUNNING");
const isReachable = async (studio: QueueStudio) => (await studio.deps.db.prisma.machine.findFirstOrThrow()).isReachable;

describe.each(await availableBackends())("outages, queue on %s", (backend) => {
  test("a machine that is away for a while is no failure, and what it did meanwhile counts", async () => {
    await using studio = await startQueueStudio({ backend });
    const id = await studio.submit({ tries: 2, ms: 2_000 });
    await running(studio, id);
    await machine(studio).stop();
    await studio.until("the outage to be noticed", async () => !(await isReachable(studio)));
    await studio.until("the prompt's end", () => machine(studio).executions[0]?.state === "succeeded");
    await machine(studio).start();
    const job = await studio.untilEnded(id);
    expect(job).toMatchObject({
      status: "SUCCEEDED",
      runs: [
        { attempt: 1, error: null },
        { attempt: 1, error: null },
      ],
    });
    expect(machine(studio).executions).toHaveLength(2);
  });

  test("a machine that forgot everything runs it again", async () => {
    await using studio = await startQueueStudio({ backend });
    const id = await studio.submit({ ms: 2_000 });
    await running(studio, id);
    await machine(studio).restart();
    const job = await studio.untilEnded(id);
    expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 2 }] });
    expect(machine(studio).executions.map((execution) => execution.state)).toEqual(["stopped", "succeeded"]);
  });
});

test("a lost run is left to a person where that is the policy", async () => {
  await using studio = await startQueueStudio({ config: { worker: { onLost: "fail" } } });
  const id = await studio.submit({ ms: 60_000 });
  await running(studio, id);
  await machine(studio).restart();
  expect(await studio.untilEnded(id)).toMatchObject({
    status: "FAILED",
    runs: [{ attempt: 1, error: { code: "LOST" } }],
  });
});

test("a restart of a machine with a full queue does not count as many failures", async () => {
  await using studio = await startQueueStudio();
  await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 5 } });
  // Long enough for all five to be there while the first one runs.
  const id = await studio.submit({ tries: 5, ms: 1_500 });
  await studio.untilJob(
    id,
    (job) =>
      job.runs.every((run) => run.status === "RUNNING" || run.status === "SUBMITTED") &&
      job.runs.some((run) => run.status === "RUNNING"),
  );
  await machine(studio).restart();
  expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
  const [row] = await studio.deps.db.prisma.machine.findMany();
  expect(row?.suspendedUntil).toBeNull();
});

test("a machine that stays away gives its run to another one", async () => {
  await using studio = await startQueueStudio({
    simulators: [{}, {}],
    config: { worker: { machineLostTimeoutSecs: 1 } },
  });
  await studio.deps.db.prisma.machine.updateMany({ where: { name: "machine-2" }, data: { isPaused: true } });
  const id = await studio.submit({ ms: 2_000 });
  await running(studio, id);
  await machine(studio, 0).stop();
  await studio.deps.db.prisma.machine.updateMany({ data: { isPaused: false } });
  const job = await studio.untilEnded(id);
  expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 2, machine: { name: "machine-2" } }] });
});

test("runs wait for a machine that is away from the start, without losing an attempt", async () => {
  await using studio = await startQueueStudio();
  await machine(studio).stop();
  const id = await studio.submit();
  await studio.until("the outage to be noticed", async () => !(await isReachable(studio)));
  await machine(studio).start();
  expect(await studio.untilEnded(id)).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 1 }] });
});

test("a cancel during an outage is carried out when the machine is back", async () => {
  await using studio = await startQueueStudio();
  const id = await studio.submit({ ms: 60_000 });
  await running(studio, id);
  await machine(studio).stop();
  await cancelJob(studio.deps, studio.admin, id, "NOW");
  await studio.until("the outage to be noticed", async () => !(await isReachable(studio)));
  expect((await studio.job(id)).canceling).toBe(1);
  await machine(studio).start();
  expect((await studio.untilEnded(id)).status).toBe("CANCELED");
  expect(machine(studio).executions[0]?.state).toBe("interrupted");
});

describe.each(await availableBackends())("workers that come and go, queue on %s", (backend) => {
  test("a run goes on with another worker when its own shuts down, and is executed once", async () => {
    await using studio = await startQueueStudio({ backend, roles: { worker: false } });
    const first = await startQueueStudio({ beside: studio });
    const id = await studio.submit({ ms: 1_500 });
    await running(studio, id);
    await first[Symbol.asyncDispose]();
    await using _second = await startQueueStudio({ beside: studio });
    const job = await studio.untilEnded(id);
    expect(job).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 1 }] });
    expect(machine(studio).executions).toHaveLength(1);
    expect(await studio.deps.db.prisma.worker.count()).toBe(1);
  });

  test("two workers share the runs and none is executed twice", async () => {
    await using studio = await startQueueStudio({ backend, roles: { worker: false }, simulators: [{}, {}] });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 3 } });
    await using _first = await startQueueStudio({ beside: studio });
    await using _second = await startQueueStudio({ beside: studio });
    const id = await studio.submit({ tries: 40, ms: 10 });
    const job = await studio.untilEnded(id);
    expect(job.status).toBe("SUCCEEDED");
    const prompts = studio.simulators.flatMap((simulator) =>
      simulator.executions.map((execution) => execution.promptId),
    );
    expect(new Set(prompts).size).toBe(40);
    expect(prompts).toHaveLength(40);
    const workers = await studio.deps.db.prisma.run.groupBy({ by: ["workerId"], where: { jobId: id } });
    expect(workers.length).toBe(2);
  });

  test("runs that BullMQ has forgotten are given to it again", async () => {
    await using studio = await startQueueStudio({ backend, roles: { worker: false } });
    const id = await studio.submit({ tries: 3 });
    await studio.untilJob(id, (job) => job.active === 1);
    const queue = studio.deps.queueBackend.queue("runs");
    await queue.obliterate({ force: true });
    await queue.close();
    await using _worker = await startQueueStudio({ beside: studio });
    expect((await studio.untilEnded(id)).status).toBe("SUCCEEDED");
    expect(machine(studio).executions).toHaveLength(3);
  });

  test("a run that was posted by a worker that died is found on the machine, not posted again", async () => {
    await using studio = await startQueueStudio({ backend, roles: { worker: false } });
    const id = await studio.submit();
    const claimed = await studio.untilJob(id, (job) => job.runs[0]?.status === "CLAIMED");
    const [run] = claimed.runs;
    await studio.deps.db.pool.query(`UPDATE run SET posted_at = now() WHERE id = $1`, [run?.id]);
    const posted = await fetch(`${machine(studio).url}/prompt`, {
      method: "POST",
      body: JSON.stringify({ prompt: run?.graph, prompt_id: run?.comfyPromptId }),
    });
    expect(posted.status).toBe(200);
    await using _worker = await startQueueStudio({ beside: studio });
    expect(await studio.untilEnded(id)).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 1 }] });
    expect(machine(studio).executions).toHaveLength(1);
  });

  test("a run whose worker died before it posted is posted anew, and nobody counts that as a failure", async () => {
    await using studio = await startQueueStudio({ backend, roles: { worker: false } });
    const id = await studio.submit();
    await studio.untilJob(id, (job) => job.runs[0]?.status === "CLAIMED");
    await studio.deps.db.pool.query(`UPDATE run SET posted_at = now()`);
    await using _worker = await startQueueStudio({ beside: studio });
    expect(await studio.untilEnded(id)).toMatchObject({
      status: "SUCCEEDED",
      runs: [{ attempt: 2, transientFailures: 0 }],
    });
    expect(await studio.deps.db.prisma.machine.findFirst()).toMatchObject({ failureStreak: 0 });
  });
});

test("a result is kept that landed while no worker was there, however late it is found", async () => {
  await using studio = await startQueueStudio({ roles: { worker: false }, config: { worker: { runTimeoutSecs: 60 } } });
  const first = await startQueueStudio({ beside: studio });
  const id = await studio.submit({ ms: 300 });
  await running(studio, id);
  await first[Symbol.asyncDispose]();
  await studio.until("the prompt's end", () => machine(studio).executions[0]?.state === "succeeded");
  await studio.deps.db.pool.query(`UPDATE run SET submitted_at = now() - interval '2 hours'`);
  await using _second = await startQueueStudio({ beside: studio });
  expect(await studio.untilEnded(id)).toMatchObject({ status: "SUCCEEDED", runs: [{ attempt: 1 }] });
});

test("a run whose outputs were being fetched when its machine forgot them fails instead of hanging", async () => {
  await using studio = await startQueueStudio({ roles: { worker: false } });
  const id = await studio.submit();
  await studio.untilJob(id, (job) => job.runs[0]?.status === "CLAIMED");
  await studio.deps.db.pool.query(`UPDATE run SET status = 'COLLECTING', posted_at = now(), submitted_at = now()`);
  await using _worker = await startQueueStudio({ beside: studio });
  expect(await studio.untilEnded(id)).toMatchObject({ status: "FAILED", runs: [{ error: { code: "LOST" } }] });
});

test("a handler that fails for a reason that no waiting mends ends its run", async () => {
  await using studio = await startQueueStudio({ roles: { worker: false } });
  const id = await studio.submit();
  await studio.deps.db.pool.query(`UPDATE run_graph SET json = 'null'`);
  await using _worker = await startQueueStudio({ beside: studio });
  expect(await studio.untilEnded(id)).toMatchObject({
    status: "FAILED",
    runs: [{ error: { code: "INTERNAL" } }],
  });
});
