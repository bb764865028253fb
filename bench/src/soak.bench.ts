import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { addMachine } from "@callsheet/server/domains/machines/machines.service.ts";
import { submitJob } from "@callsheet/server/domains/queue/submit/submit-job.service.ts";
import { startTestApp } from "@callsheet/server/test/test-app.ts";
import { startMachines } from "./machines.ts";
import type { Memory, Orders } from "./product.child.ts";
import { importBenchWorkflow, printTable, round, startBenchPostgres } from "./support.ts";

/**
 * What the API's and the worker's process hold while runs go through them without end and people watch, each figure after
 * a collection. Flat means that the last minute holds what the second one held: the first fills caches and pools.
 * Usage: npm run bench -- soak [seconds] [running runs] [subscribers]
 */
const seconds = Number(process.argv[2] ?? 300);
const running = Number(process.argv[3] ?? 50);
const subscribers = Number(process.argv[4] ?? 100);
const sampleEveryMs = 5_000;
/** Of one sampler step: a run of 12 reports for about three seconds. */
const stepMs = 250;
const steps = 12;

const query = `subscription { queueUpdated { job { id name status progress
  counts { total pending active succeeded failed } runs(first: 10) { nodes { id status progress currentNode } } } } }`;

const graph = {
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "simulator-landscape.safetensors" } },
  "2": { class_type: "CLIPTextEncode", inputs: { text: "a lantern seller in {fog|rain}", clip: ["1", 1] } },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] } },
  "4": { class_type: "EmptyLatentImage", inputs: { width: 64, height: 64, batch_size: 1 } },
  "5": {
    class_type: "KSampler",
    inputs: {
      seed: 7,
      steps,
      cfg: 7,
      sampler_name: "euler",
      scheduler: "normal",
      denoise: 1,
      model: ["1", 0],
      positive: ["2", 0],
      negative: ["3", 0],
      latent_image: ["4", 0],
    },
  },
  "6": { class_type: "VAEDecode", inputs: { samples: ["5", 0], vae: ["1", 2] } },
  "7": { class_type: "SaveImage", inputs: { filename_prefix: "shots/lantern", images: ["6", 0] } },
};

const postgres = await startBenchPostgres();
await using machines = await startMachines(running, stepMs);
await soak();
await postgres.stop();

async function soak(): Promise<void> {
  await using app = await startTestApp();
  for (const [index, url] of machines.urls.entries())
    await addMachine(app.deps, { name: `machine-${index + 1}`, url, isSimulator: true });
  const workflowId = await importBenchWorkflow(app, graph);
  const { config, databaseUrl } = app;
  const worker = await startProduct({ config, databaseUrl, roles: { api: false, worker: true } });
  const api = await startProduct({ config, databaseUrl, roles: { api: true, worker: false } });
  const watchers = fork(fileURLToPath(new URL("watchers.child.js", import.meta.url)), { stdio: "inherit" });
  watchers.send({ url: `ws://127.0.0.1:${api.port}/graphql`, subscribers, query });
  await once(watchers, "message");

  const samples: { atSecs: number; api: Memory; worker: Memory }[] = [];
  const begin = performance.now();
  while (performance.now() - begin < seconds * 1_000) {
    const next = new Promise((resolve) => setTimeout(resolve, sampleEveryMs));
    const pending = await app.deps.db.prisma.run.count({ where: { status: "PENDING" } });
    if (pending < running * 4) await submitJob(app.deps, app.admin, { workflowId, tries: 100 });
    samples.push({
      atSecs: (performance.now() - begin) / 1_000,
      api: await memoryOf(api.child),
      worker: await memoryOf(worker.child),
    });
    await next;
  }
  const ended = await app.deps.db.prisma.run.groupBy({ by: ["status"], _count: true });
  const rows = (["api", "worker"] as const).map((process) => {
    const held = (fromSecs: number, toSecs: number) =>
      median(
        samples.filter(({ atSecs }) => atSecs >= fromSecs && atSecs < toSecs).map((sample) => sample[process].held),
      );
    const early = held(Math.min(60, seconds / 4), Math.min(120, seconds / 2));
    const late = held(seconds - Math.min(60, seconds / 4), Infinity);
    return {
      process,
      "held in the second minute, MB": round(early / 1e6, 1),
      "in the last minute, MB": round(late / 1e6, 1),
      times: round(late / early),
      "resident at most, MB": round(Math.max(...samples.map((sample) => sample[process].rss)) / 1e6, 0),
    };
  });
  printTable(rows);
  console.log(Object.fromEntries(ended.map(({ status, _count }) => [status, _count])));
  for (const { child } of [api, worker]) {
    child.disconnect();
    await once(child, "exit");
  }
  const heard = once(watchers, "message");
  watchers.send("stop");
  await heard;
}

async function startProduct(orders: Orders): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL("product.child.js", import.meta.url)), {
    stdio: "inherit",
    execArgv: ["--expose-gc"],
  });
  const ready = once(child, "message");
  child.send(orders);
  const [{ port }] = (await ready) as [{ port: number }];
  return { child, port };
}

async function memoryOf(child: ChildProcess): Promise<Memory> {
  const answered = once(child, "message");
  child.send("memory");
  return (await answered)[0] as Memory;
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}
