import { performance } from "node:perf_hooks";
import { storeAsset } from "@callsheet/server/domains/assets/assets.service.ts";
import { addMachine, refreshMachine } from "@callsheet/server/domains/machines/machines.service.ts";
import { storeJobs } from "@callsheet/server/domains/queue/submit/store-job.ts";
import { submitJob } from "@callsheet/server/domains/queue/submit/submit-job.service.ts";
import { encodeId } from "@callsheet/server/graphql/ids.ts";
import { samplePicture } from "@callsheet/server/platform/media/sample-media.ts";
import { startTestApp, type TestApp } from "@callsheet/server/test/test-app.ts";
import { startMachines } from "./machines.ts";
import { percentile, printTable, round, startBenchPostgres } from "./support.ts";

/**
 * Whether cost grows no faster than the work: one submit of 1,000 and of 10,000 runs (inputs × 100 tries), and the queue page
 * among 1,000 and among 100,000 runs.
 * Usage: npm run bench -- scale [repeats of a submit] [repeats of the page]
 */
const submits = Number(process.argv[2] ?? 5);
const reads = Number(process.argv[3] ?? 100);
const tries = 100;

/** A picture from a picture, with prompts that are drawn anew for each run. */
const graph = {
  "1": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "simulator-landscape.safetensors" } },
  "2": { class_type: "CLIPTextEncode", inputs: { text: "a lantern seller in {fog|rain}", clip: ["1", 1] } },
  "3": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["1", 1] } },
  "4": { class_type: "LoadImage", inputs: { image: "example.png" } },
  "5": { class_type: "VAEEncode", inputs: { pixels: ["4", 0], vae: ["1", 2] } },
  "6": {
    class_type: "KSampler",
    inputs: {
      seed: 7,
      steps: 2,
      cfg: 7,
      sampler_name: "euler",
      scheduler: "normal",
      denoise: 1,
      model: ["1", 0],
      positive: ["2", 0],
      negative: ["3", 0],
      latent_image: ["5", 0],
    },
  },
  "7": { class_type: "VAEDecode", inputs: { samples: ["6", 0], vae: ["1", 2] } },
  "8": { class_type: "SaveImage", inputs: { filename_prefix: "shots/lantern", images: ["7", 0] } },
};

/** What the queue page asks for when it opens. */
const queuePage = `{
  jobs(first: 50, sort: ACTIONABLE) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id name status progress createdAt counts { total pending active succeeded failed canceled } workflow { id name } createdBy { id name } } }
  systemStatus { pending active isPaused throughputPerMinute }
}`;

const postgres = await startBenchPostgres();
await using machines = await startMachines(1);
const rows = [await measureSubmit(), await measurePage()];
printTable(rows);
await postgres.stop();

async function measureSubmit() {
  await using app = await startTestApp();
  const workflowId = await prepare(app, machines.urls[0] as string);
  const inputs: { assetId: string }[] = [];
  for (let n = 0; n < 100; n += 1) {
    // What stands behind the end of a picture makes other bytes of it.
    const bytes = Buffer.concat([await samplePicture(), Buffer.from(String(n))]);
    const blob = await app.deps.storage.putBytes(bytes);
    const asset = { blob, kind: "UPLOAD" as const, folder: "bench", filename: `shot${n}.png`, projectId: null };
    const { id } = await storeAsset(app.deps, { ...asset, createdById: app.admin.userId });
    inputs.push({ assetId: encodeId("Asset", id) });
  }
  const submit = (runs: number) => async (): Promise<void> => {
    await submitJob(app.deps, app.admin, { workflowId, inputs: inputs.slice(0, runs / tries), tries });
  };
  await submit(1_000)();
  return compare(
    "submit of 1,000 and 10,000 runs",
    10,
    await times(submits, submit(1_000)),
    await times(submits, submit(10_000)),
  );
}

async function measurePage() {
  const among = async (runs: number): Promise<number[]> => {
    await using app = await startTestApp();
    await seedRuns(app, await prepare(app, machines.urls[0] as string), runs);
    const read = async (): Promise<void> => void (await app.execute(queuePage));
    await times(10, read);
    return await times(reads, read);
  };
  return compare("queue page among 1,000 and 100,000 runs", 1, await among(1_000), await among(100_000));
}

/** A workflow and a machine that has said what it has. Nothing is claimed: what is measured has the process to itself. */
async function prepare(app: TestApp, url: string): Promise<string> {
  const { id } = await addMachine(app.deps, { name: "machine-1", url, isSimulator: true });
  await refreshMachine(app.deps, id);
  await app.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  const { importWorkflow } = await app.execute(
    `mutation ($source: String!) { importWorkflow(input: { name: "bench", source: $source }) { ... on ImportWorkflowPayload { workflow { id } } } }`,
    { source: JSON.stringify(graph) },
  );
  return Buffer.from(importWorkflow.workflow.id, "base64").toString().split(":")[1] as string;
}

/** Jobs of a hundred runs, nine of ten of them over within the last day. */
async function seedRuns(app: TestApp, workflowId: string, runs: number): Promise<void> {
  const { currentVersionId } = await app.deps.db.prisma.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  const perJob = Array.from({ length: tries }, (_, index) => ({
    index,
    tryIndex: index,
    input: null,
    seed: BigInt(index),
    choiceSeed: BigInt(index),
    outputPrefix: `shots/prompt_try${index}`,
    size: null,
    needs: "",
    requiredLabels: [],
    graph: { "1": { class_type: "SimulatorSleep", inputs: { ms: 0, seed: index } } },
    prompts: [],
    findings: [],
  }));
  const jobs = Array.from({ length: runs / tries }, (_, n) => ({
    name: `job ${n}`,
    versionId: currentVersionId as string,
    projectId: null,
    createdById: app.admin.userId,
    pool: "default",
    priority: 0,
    requiredLabels: [],
    stageOnSubmit: true,
    params: {},
    seedMode: "RANDOM" as const,
    allowPartial: false,
    timeoutSecs: 3_600,
    idempotencyKey: null,
    payloadHash: null,
    runs: perJob,
  }));
  await storeJobs(app.deps, jobs);
  await app.deps.db.pool.query(
    `WITH over AS (SELECT id FROM job WHERE name NOT LIKE '%5'),
       ended AS (UPDATE run SET status = 'SUCCEEDED', started_at = now() - interval '1 day', finished_at = now() - random() * interval '1 day' FROM over WHERE job_id = over.id)
     UPDATE job SET pending = 0, succeeded = total, started_at = now(), finished_at = now() FROM over WHERE job.id = over.id`,
  );
  await app.deps.db.pool.query("VACUUM ANALYZE run, job");
}

async function times(count: number, work: () => Promise<void>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const begin = performance.now();
    await work();
    all.push(performance.now() - begin);
  }
  return all;
}

/** @param work how many times as much there is to do */
function compare(what: string, work: number, few: number[], many: number[]): Record<string, string | number> {
  const row = {
    what,
    "few p50 ms": round(percentile(few, 50), 1),
    "many p50 ms": round(percentile(many, 50), 1),
    "few p95 ms": round(percentile(few, 95), 1),
    "many p95 ms": round(percentile(many, 95), 1),
    "times the work": work,
    "times the time": round(percentile(many, 50) / percentile(few, 50), 1),
  };
  console.error(JSON.stringify(row));
  return row;
}
