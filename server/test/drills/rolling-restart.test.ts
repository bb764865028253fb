import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { encodeId } from "#graphql/ids.ts";
import { CloseStack } from "#lib/close-stack.ts";
import { allWell, audit } from "#test/drills/audit.ts";
import { type QueueStudio, sleepGraph, startQueueStudio } from "#test/queue-studio.ts";
import { Balancer } from "#test/support/balancer.ts";
import { ProductProcess } from "#test/support/product-process.ts";
import { availableBackends } from "#test/support/redis.ts";

const isLong = process.env["DRILL_RUNS"] !== undefined;
const clientCount = isLong ? 50 : 12;
/** Each replaces both APIs and both workers, one after the other. */
const rounds = isLong ? 3 : 1;
/** Submitted anew at each replacement, so that there is always work under way when a process ends. */
const runsAtOnce = isLong ? 25 : 12;

const submit = `mutation ($id: ID!, $key: String!, $tries: Int!) {
  submitJob(input: { workflowId: $id, idempotencyKey: $key, tries: $tries }) {
    ... on SubmitJobPayload { job { id } } ... on Error { message } } }`;
const watchJob = "subscription ($id: ID!) { jobUpdated(id: $id) { id status finishedAt counts { succeeded total } } }";
const watchQueue = "subscription { queueUpdated { job { id status } } }";
const readQueue = "{ jobs(first: 100) { nodes { id status } } }";

/** Asks as a browser does, on connections that are kept, and never twice. @throws when there is no answer */
async function ask<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

interface Told {
  jobUpdated: { id: string; status: string; finishedAt: string | null };
  queueUpdated: { job: { id: string; status: string } };
}

/** A client with the library's own idea of when to come back; it only waits less before it does. */
function openWatcher(url: string) {
  const seen = new Map<string, string>();
  const finished = new Map<string, number>();
  let connections = 0;
  const client = createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    lazy: false,
    onNonLazyError: () => undefined,
    retryAttempts: 1_000,
    retryWait: () => pause(100 + Math.random() * 200),
    on: { connected: () => (connections += 1) },
  });
  const follow = (query: string, variables: Record<string, unknown>, next: (told: Told) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      client.subscribe<Told>(
        { query, variables },
        {
          next: ({ data, errors }) => (errors ? reject(new Error(JSON.stringify(errors))) : next(data as Told)),
          error: reject,
          complete: resolve,
        },
      );
    });
  return {
    seen,
    finished,
    reconnects: () => connections - 1,
    /** Resolves when the server says that the job is over and nothing more will come. */
    job: (id: string): Promise<void> =>
      follow(watchJob, { id }, ({ jobUpdated }) => {
        seen.set(id, jobUpdated.status);
        if (jobUpdated.finishedAt !== null) finished.set(id, (finished.get(id) ?? 0) + 1);
      }),
    /** Follows the whole queue, and reads it anew whenever the connection is: as the cookbook says. */
    queue: (): void => {
      const read = async (): Promise<void> => {
        const { jobs } = await ask<{ jobs: { nodes: { id: string; status: string }[] } }>(url, readQueue);
        for (const { id, status } of jobs.nodes) seen.set(id, status);
      };
      client.on("connected", () => void read());
      void follow(watchQueue, {}, ({ queueUpdated }) => seen.set(queueUpdated.job.id, queueUpdated.job.status));
    },
    [Symbol.asyncDispose]: async () => client.dispose(),
  };
}

/** How often each of a few connections is asked on, in ms. */
const askEveryMs = 20;

/** Asks all the time, as people's pages do. */
function openAsker(url: string) {
  let isOver = false;
  let answers = 0;
  const failures: string[] = [];
  const loops = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      await pause(askEveryMs);
      await ask(url, "{ viewer { name } }").then(
        () => (answers += 1),
        (error: unknown) => failures.push(String((error as Error).cause ?? error)),
      );
    }
  });
  return {
    end: async () => {
      isOver = true;
      await Promise.all(loops);
      return { answers, failures };
    },
  };
}

const underWay = (studio: QueueStudio): Promise<number> =>
  studio.deps.db.prisma.run.count({ where: { status: "RUNNING" } });

/** The short form is of what production has: Redis, where there is one. */
const backends = (await availableBackends()).slice(isLong ? 0 : -1);

test.each(backends)(
  "on %s: APIs and workers are replaced one after the other; no request fails, no run is lost or doubled, and every client ends with the truth",
  async (backend) => {
    await using studio = await startQueueStudio({ backend, roles: {}, simulators: [{}, {}] });
    await studio.deps.db.prisma.machine.updateMany({ data: { concurrency: 2 } });
    const workflowId = encodeId("Workflow", await studio.workflow("Slow", sleepGraph(300)));
    await using balancer = await Balancer.start();
    const env = { CALLSHEET_DRAIN_SECS: "1", CALLSHEET_LOG_LEVEL: "info", CALLSHEET_LOCK_DURATION_MS: "3000" };
    const start = async (role: "api" | "worker"): Promise<ProductProcess> => {
      const started = await ProductProcess.start(studio, role, env);
      if (role === "api") await balancer.add(started.url);
      return started;
    };
    await using processes = new CloseStack();
    await using clients = new CloseStack();
    const running = await Promise.all(
      (["api", "worker", "api", "worker"] as const).map(async (role) => ({
        role,
        process: processes.use(await start(role)),
      })),
    );

    const watchers = Array.from({ length: clientCount }, () => clients.use(openWatcher(balancer.url)));
    const [jobWatchers, queueWatchers] = [
      watchers.filter((_, n) => n % 2 === 0),
      watchers.filter((_, n) => n % 2 === 1),
    ];
    for (const watcher of queueWatchers) watcher.queue();
    const asker = openAsker(balancer.url);
    const ids: string[] = [];
    const endings: Promise<void>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const [place, { role, process: old }] of running.entries()) {
        const fresh = processes.use(await start(role));
        const { submitJob } = await ask<{ submitJob: { job: { id: string } } }>(balancer.url, submit, {
          id: workflowId,
          key: `${round} ${place}`,
          tries: runsAtOnce,
        });
        ids.push(submitJob.job.id);
        endings.push(...jobWatchers.map((watcher) => watcher.job(submitJob.job.id)));
        await studio.until("work to be under way", async () => (await underWay(studio)) > 0);
        expect(await old.stop()).toBe(0);
        if (role === "api") balancer.remove(old.url);
        running[place] = { role, process: fresh };
      }
    }
    await Promise.all(endings);
    const { answers, failures } = await asker.end();

    expect(failures).toEqual([]);
    expect(answers).toBeGreaterThan(100);
    const truth = new Map(ids.map((id) => [id, "SUCCEEDED"]));
    expect(await audit(studio)).toEqual(allWell);
    expect(await studio.deps.db.prisma.run.groupBy({ by: ["status"], _count: true })).toEqual([
      { status: "SUCCEEDED", _count: rounds * 4 * runsAtOnce },
    ]);
    for (const watcher of jobWatchers) {
      expect(watcher.seen).toEqual(truth);
      // The end of each job is told once.
      expect([...watcher.finished.values()]).toEqual(ids.map(() => 1));
    }
    const isTrue = ({ seen }: (typeof watchers)[number]): boolean =>
      ids.every((id) => seen.get(id) === truth.get(id)) && seen.size === ids.length;
    await studio.until("every client to know the truth", () => queueWatchers.every(isTrue));
    // Each API was replaced under all of them.
    for (const watcher of watchers) expect(watcher.reconnects()).toBeGreaterThanOrEqual(1);
  },
  240_000 + rounds * 60_000,
);
