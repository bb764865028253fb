import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { submitJob } from "@callsheet/server/domains/queue/submit/submit-job.service.ts";
import { ComfyClient } from "@callsheet/server/platform/comfy/client.ts";
import { ComfySocket } from "@callsheet/server/platform/comfy/socket.ts";
import { followPrompt } from "@callsheet/server/platform/comfy/follow.ts";
import { addMachine } from "@callsheet/server/domains/machines/machines.service.ts";
import { startTestApp, type TestApp } from "@callsheet/server/test/test-app.ts";
import { type Machines, startMachines } from "./machines.ts";
import { importBenchWorkflow, percentile, printTable, round, startBenchPostgres } from "./support.ts";

/**
 * Time from submit to SUCCEEDED minus the machine's own time, against a bare client loop on the same simulator.
 * Usage: npm run bench -- job-overhead [runs] [durations in ms] [backends] [concurrencies], lists separated by commas
 */
const runs = Number(process.argv[2] ?? 100);
const durations = (process.argv[3] ?? "0,4,50,1000").split(",").map(Number);
const redisUrl = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379/9";

const graphOf = (ms: number, n: number) => ({
  "1": { class_type: "SimulatorSleep", inputs: { ms, seed: n } },
  "2": { class_type: "SimulatorOutput", inputs: { token: ["1", 0], filename_prefix: "bench" } },
});

const postgres = await startBenchPostgres();

const endedAt = new Map<string, number>();
const enders = new Map<string, (at: number) => void>();
const rows: Record<string, string | number>[] = [];
for (const backend of (process.argv[4] ?? "postgres,redis").split(",")) {
  for (const concurrency of (process.argv[5] ?? "1,8").split(",").map(Number)) {
    for (const ms of durations) {
      const count = ms === 1000 ? Math.min(runs, 8 * concurrency) : runs;
      await using machines = await startMachines(concurrency);
      await using app = await startTestApp({
        roles: { worker: true },
        config: { redisUrl: backend === "redis" ? redisUrl : undefined },
      });
      app.deps.runQueue.onJobEnded((jobId) => {
        const at = performance.now();
        endedAt.set(jobId, at);
        enders.get(jobId)?.(at);
        return Promise.resolve();
      });
      for (const [index, url] of machines.urls.entries()) {
        await addMachine(app.deps, { name: `machine-${index + 1}`, url, isSimulator: true });
      }
      const baseline = await bareLoop(machines, ms, concurrency, count);
      const product = await throughProduct(app, machines, ms, concurrency, count);
      rows.push({
        backend,
        concurrency,
        "job ms": ms,
        "p50 over machine": round(product.p50),
        "p95 over machine": round(product.p95),
        "bare p50": round(baseline.p50),
        "runs/s": round(product.rate, 1),
        "ratio of runs/s": round(product.rate / baseline.rate),
        hangs: product.hangs,
      });
      console.error(JSON.stringify(rows.at(-1)));
    }
  }
}
printTable(rows);
await postgres.stop();

interface Figures {
  p50: number;
  p95: number;
  rate: number;
}

/** The least a client can do: post, follow, fetch the file. */
async function bareLoop(machines: Machines, ms: number, concurrency: number, count: number): Promise<Figures> {
  const lanes = await Promise.all(
    machines.urls.map(async (url) => {
      const lane = { client: new ComfyClient({ baseUrl: url }), socket: new ComfySocket({ baseUrl: url }) };
      await lane.socket.ready();
      return lane;
    }),
  );
  const spans: { promptId: string; ms: number }[] = [];
  const start = performance.now();
  await inParallel(concurrency, count, async (n, which) => {
    const { client, socket } = lanes[which] as (typeof lanes)[number];
    const begin = performance.now();
    const promptId = randomUUID();
    socket.register(promptId);
    await client.submit({ prompt: graphOf(ms, 1_000_000 + n), promptId, clientId: socket.clientId });
    const end = await followPrompt({ client, socket, promptId, nodeCount: 2 });
    if (end.state !== "succeeded") throw new Error(end.state);
    for (const file of end.outputs.files) {
      const { body } = await client.view(file);
      for await (const _chunk of body) void 0;
    }
    spans.push({ promptId, ms: performance.now() - begin });
  });
  const rate = count / ((performance.now() - start) / 1000);
  for (const { client, socket } of lanes) {
    await socket.close();
    await client.close();
  }
  return { ...overMachine(spans, await machines.executionTimes()), rate };
}

async function throughProduct(app: TestApp, machines: Machines, ms: number, concurrency: number, count: number) {
  const workflowId = await importBenchWorkflow(app, graphOf(ms, 0));
  const spans: { jobId: string; ms: number }[] = [];
  let hangs = 0;
  const start = performance.now();
  const one = async (): Promise<void> => {
    const begin = performance.now();
    const { jobIds } = await submitJob(app.deps, app.admin, { workflowId });
    const ended = await untilEnded(jobIds[0] as string, ms + 20_000);
    if (ended === undefined) hangs += 1;
    else spans.push({ jobId: jobIds[0] as string, ms: ended - begin });
  };
  await one();
  spans.length = 0;
  await inParallel(concurrency, count, one);
  const rate = count / ((performance.now() - start) / 1000);
  const runs = await app.deps.db.prisma.run.findMany({ select: { jobId: true, comfyPromptId: true } });
  const promptOf = new Map(runs.map((run) => [run.jobId, run.comfyPromptId ?? ""]));
  const prompts = spans.map((span) => ({ promptId: promptOf.get(span.jobId) ?? "", ms: span.ms }));
  return { ...overMachine(prompts, await machines.executionTimes()), rate, hangs };
}

/** The moment at which the job's end was committed. */
function untilEnded(jobId: string, timeoutMs: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), timeoutMs);
    enders.set(jobId, (at) => {
      clearTimeout(timer);
      resolve(at);
    });
    const early = endedAt.get(jobId);
    if (early !== undefined) enders.get(jobId)?.(early);
  });
}

/** What the spans took more than the machine's own execution. */
function overMachine(spans: readonly { promptId: string; ms: number }[], executed: ReadonlyMap<string, number>) {
  const over = spans.map(({ promptId, ms }) => ms - (executed.get(promptId) ?? Number.NaN));
  return { p50: percentile(over, 50), p95: percentile(over, 95) };
}

async function inParallel(
  width: number,
  count: number,
  work: (n: number, lane: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async (_, lane) => {
      while (next < count) await work(next++, lane);
    }),
  );
}
