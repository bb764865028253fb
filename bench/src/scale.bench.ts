import { performance } from "node:perf_hooks";
import { storeAsset } from "@callsheet/server/domains/assets/assets.service.ts";
import { addMachine, refreshMachine } from "@callsheet/server/domains/machines/machines.service.ts";
import { storeJobs } from "@callsheet/server/domains/queue/submit/store-job.ts";
import { submitJob } from "@callsheet/server/domains/queue/submit/submit-job.service.ts";
import { encodeId } from "@callsheet/server/graphql/ids.ts";
import { samplePicture } from "@callsheet/server/platform/media/sample-media.ts";
import { startTestApp, type TestApp } from "@callsheet/server/test/test-app.ts";
import { startMachines } from "./machines.ts";
import { importBenchWorkflow, percentile, printTable, round, startBenchPostgres } from "./support.ts";

/**
 * Whether cost grows no faster than the work: one submit of 1,000 and of 10,000 runs (inputs × 100 tries), the queue page among 1,000
 * and among 100,000 runs, and the search over as many outputs.
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

/** What the gallery asks for when somebody looks for words. */
const outputSearch = `query ($search: String) {
  outputs(first: 60, search: $search) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id filename url thumbnailUrl width height run { id index seed job { id name } } } } }`;

const postgres = await startBenchPostgres();
await using machines = await startMachines(1);
const rows = [await measureSubmit(), await measurePage(), ...(await measureSearch())];
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

async function measureSearch() {
  const searches = { everything: null, "a common word": "lantern", "a rare word": "heron42" };
  const among = async (runs: number): Promise<Record<string, number[]>> => {
    await using app = await startTestApp();
    await seedRuns(app, await prepare(app, machines.urls[0] as string), runs);
    await seedOutputs(app);
    const measured: Record<string, number[]> = {};
    for (const [name, search] of Object.entries(searches)) {
      const read = async (): Promise<void> => void (await app.execute(outputSearch, { search }));
      await times(10, read);
      measured[name] = await times(reads, read);
    }
    return measured;
  };
  const [few, many] = [await among(1_000), await among(100_000)];
  return Object.keys(searches).map((name) =>
    compare(`outputs among 1,000 and 100,000: ${name}`, 1, few[name] ?? [], many[name] ?? []),
  );
}

/** One output for each run that has ended; prompts of a few words, one in ten thousand with a rare one. */
async function seedOutputs({ deps, admin }: TestApp): Promise<void> {
  const { pool } = deps.db;
  await pool.query(
    `UPDATE run_graph SET models = '{simulator-landscape}', prompts = jsonb_build_array(jsonb_build_object('text',
       'a lantern seller at the market, take ' || run.seq || CASE WHEN run.seq % 10000 = 42 THEN ' with a heron42' ELSE '' END))
     FROM run WHERE run.id = run_id`,
  );
  await pool.query(
    `INSERT INTO blob (sha256, bytes, mime, width, height) SELECT md5(id::text) || md5(id::text), 1000, 'image/png', 512, 512 FROM run WHERE status = 'SUCCEEDED'`,
  );
  await pool.query(
    `INSERT INTO asset (id, sha256, kind, folder, filename, created_by_id)
     SELECT id, md5(id::text) || md5(id::text), 'OUTPUT', 'bench', id || '.png', $1 FROM run WHERE status = 'SUCCEEDED'`,
    [admin.userId],
  );
  await pool.query(
    `INSERT INTO run_output (run_id, index, asset_id, node_id, machine_filename) SELECT id, 0, id, '2', 'x.png' FROM run WHERE status = 'SUCCEEDED'`,
  );
  await pool.query("VACUUM ANALYZE run, run_graph, run_output, asset, blob");
}

/** A workflow and a machine that has said what it has. Nothing is claimed: what is measured has the process to itself. */
async function prepare(app: TestApp, url: string): Promise<string> {
  const { id } = await addMachine(app.deps, { name: "machine-1", url, isSimulator: true });
  await refreshMachine(app.deps, id);
  await app.deps.db.prisma.queuePause.create({ data: { scope: "queue" } });
  return importBenchWorkflow(app, graph);
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
