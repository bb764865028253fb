import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { storeAsset } from "@callsheet/server/domains/assets/assets.service.ts";
import { storeJobs } from "@callsheet/server/domains/queue/submit/store-job.ts";
import { samplePicture } from "@callsheet/server/platform/media/sample-media.ts";
import { startTestApp, type TestApp } from "@callsheet/server/test/test-app.ts";

/** A studio with a long queue, served as `npm start` serves it. */
export interface WebStudio extends AsyncDisposable {
  url: string;
  workflowId: string;
  /** Lets the running runs report progress, each five times a second as a worker does, until the function it gives is called. */
  report(): () => Promise<void>;
}

const runsPerJob = 4;
const reportEveryMs = 200;

/** @param running how many of the jobs have a run on a machine */
export async function startWebStudio(jobs: number, running: number): Promise<WebStudio> {
  const app = await startTestApp({ roles: { api: true } });
  const graph = { "1": { class_type: "SaveImage", inputs: { filename_prefix: "x" } } };
  const { importWorkflow } = await app.execute(
    `mutation ($source: String!) { importWorkflow(input: { name: "Lantern market", source: $source }) { ... on ImportWorkflowPayload { workflow { id } } } }`,
    { source: JSON.stringify(graph) },
  );
  const workflowId = importWorkflow.workflow.id as string;
  await seedQueue(app, Buffer.from(workflowId, "base64").toString().split(":")[1] as string, jobs, running);
  const port = await freePort();
  const web = fork(fileURLToPath(new URL("../../scripts/serve-web.mjs", import.meta.url)), {
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      WEB_PORT: String(port),
      CALLSHEET_API_URL: app.url,
      CALLSHEET_WS_URL: `${app.url.replace("http", "ws")}/graphql`,
    },
  });
  await once(web, "message");
  return {
    url: `http://127.0.0.1:${port}`,
    workflowId,
    report: () => report(app),
    [Symbol.asyncDispose]: async () => {
      const ended = once(web, "exit");
      web.kill();
      await ended;
      await app[Symbol.asyncDispose]();
    },
  };
}

/** Of each twenty jobs, how they stand; the first of all are those that run. */
const standing = `CASE WHEN n < $1 THEN 'RUNNING' WHEN n % 20 = 0 THEN 'FAILED' WHEN n % 20 = 1 THEN 'CANCELED' WHEN n % 20 = 2 THEN 'PENDING' ELSE 'SUCCEEDED' END`;

async function seedQueue(app: TestApp, workflowId: string, count: number, running: number): Promise<void> {
  const { deps, admin } = app;
  const { currentVersionId } = await deps.db.prisma.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  const runs = Array.from({ length: runsPerJob }, (_, index) => ({
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
  const jobs = Array.from({ length: count }, (_, n) => ({
    name: `Shot ${String(n).padStart(4, "0")}, lantern seller`,
    versionId: currentVersionId as string,
    projectId: null,
    createdById: admin.userId,
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
    runs,
  }));
  for (let from = 0; from < count; from += 500) await storeJobs(deps, jobs.slice(from, from + 500));

  const blob = await deps.storage.putBytes(await samplePicture());
  const picture = { blob, kind: "UPLOAD" as const, folder: "bench", filename: "shot.png", projectId: null };
  await storeAsset(deps, { ...picture, createdById: admin.userId });
  const { pool } = deps.db;
  await pool.query(
    `WITH numbered AS (SELECT id, (row_number() OVER (ORDER BY name) - 1)::int AS n FROM job),
       standing AS (SELECT id, ${standing} AS state FROM numbered),
       moved AS (
         UPDATE run SET
           status = (CASE WHEN state = 'RUNNING' AND index > 0 THEN 'PENDING' ELSE state END)::"RunStatus",
           started_at = CASE WHEN state <> 'PENDING' THEN now() END,
           error = CASE WHEN state = 'FAILED' THEN '{"code": "EXECUTION_ERROR", "message": "The sampler ran out of memory at step 12"}'::jsonb END,
           finished_at = CASE WHEN state NOT IN ('PENDING', 'RUNNING') THEN now() END
         FROM standing WHERE job_id = standing.id RETURNING run.job_id
       )
     UPDATE job SET
       active = CASE WHEN state = 'RUNNING' THEN 1 ELSE 0 END,
       pending = CASE state WHEN 'RUNNING' THEN total - 1 WHEN 'PENDING' THEN total ELSE 0 END,
       succeeded = CASE WHEN state = 'SUCCEEDED' THEN total ELSE 0 END,
       failed = CASE WHEN state = 'FAILED' THEN total ELSE 0 END,
       canceled = CASE WHEN state = 'CANCELED' THEN total ELSE 0 END,
       finished_at = CASE WHEN state NOT IN ('PENDING', 'RUNNING') THEN now() END
     FROM standing WHERE job.id = standing.id`,
    [running],
  );
  await pool.query(
    `INSERT INTO asset (id, sha256, kind, folder, filename, created_by_id)
     SELECT run.id, $1, 'OUTPUT', 'bench', run.id || '.png', $2 FROM run WHERE status = 'SUCCEEDED'`,
    [blob.sha256, admin.userId],
  );
  await pool.query(
    `INSERT INTO run_output (run_id, index, asset_id, node_id, machine_filename) SELECT id, 0, id, '2', 'x.png' FROM run WHERE status = 'SUCCEEDED'`,
  );
  await pool.query("VACUUM ANALYZE run, job, asset, run_output");
}

/** What a worker writes and tells of a run in progress; the runs take turns, so that their reports are spread evenly. */
function report({ deps }: TestApp): () => Promise<void> {
  let isOn = true;
  const done = (async () => {
    const { rows } = await deps.db.pool.query<{ id: string; jobId: string }>(
      `SELECT id, job_id AS "jobId" FROM run WHERE status = 'RUNNING'`,
    );
    for (let step = 0; isOn; step += 1) {
      for (let from = 0; isOn && from < rows.length; from += 10) {
        const turn = rows.slice(from, from + 10);
        const pause = new Promise((resolve) => setTimeout(resolve, (reportEveryMs * 10) / rows.length));
        await deps.db.relaxedPool.query(`UPDATE run SET progress = $2, current_node = '1' WHERE id = ANY($1::uuid[])`, [
          turn.map(({ id }) => id),
          (step % 200) / 200,
        ]);
        for (const { jobId } of turn) deps.bus.publish("job.changed", { jobId });
        await pause;
      }
    }
  })();
  return async () => {
    isOn = false;
    await done;
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
