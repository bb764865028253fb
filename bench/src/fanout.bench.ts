import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { submitJob } from "@callsheet/server/domains/queue/submit/submit-job.service.ts";
import { startTestApp } from "@callsheet/server/test/test-app.ts";
import type { Heard, Watch } from "./watchers.child.ts";
import { importBenchWorkflow, printTable, round, startBenchPostgres } from "./support.ts";

/**
 * Changes of jobs told to many subscribers of the queue, each message with the job and its runs, against a raw broadcast of
 * the same text to as many sockets. The subscribers are in a process of their own.
 * Usage: npm run bench -- fanout [seconds] [subscribers, separated by commas]
 */
const seconds = Number(process.argv[2] ?? 10);
const jobs = 5;
/** Each job changes so often. A subscriber hears of all jobs together at most ten times a second. */
const changeEveryMs = 500;

const query = `subscription { queueUpdated { job { id name status progress
  counts { total pending active succeeded failed } runs(first: 10) { nodes { id status progress currentNode } } } } }`;

const postgres = await startBenchPostgres();
const rows: Record<string, string | number>[] = [];
for (const subscribers of (process.argv[3] ?? "100,1000").split(",").map(Number)) {
  await using app = await startTestApp({ roles: { api: true } });
  const workflowId = await importBenchWorkflow(app, {
    "1": { class_type: "SaveImage", inputs: { filename_prefix: "x" } },
  });
  const ids: string[] = [];
  for (let n = 0; n < jobs; n += 1)
    ids.push(...(await submitJob(app.deps, app.admin, { workflowId, name: `job ${n}`, tries: 10 })).jobIds);
  const text = JSON.stringify(
    await app.execute(
      query.replace("subscription { queueUpdated { job", "{ jobs(first: 1) { nodes").replace(/ \} \}$/, "} }"),
      {},
      { errors: "return" },
    ),
  );

  let turn = 0;
  const product = await heard({ url: `${app.url.replace("http", "ws")}/graphql`, subscribers, query }, async () => {
    const jobId = ids[turn++ % jobs] as string;
    const name = String(performance.timeOrigin + performance.now());
    await app.deps.db.prisma.job.update({ where: { id: jobId }, data: { name } });
    app.deps.bus.publish("job.changed", { jobId });
  });

  const raw = new WebSocketServer({ port: 0 });
  await once(raw, "listening");
  const { port } = raw.address() as { port: number };
  const baseline = await heard({ url: `ws://127.0.0.1:${port}`, subscribers, query: null }, async () => {
    const message = JSON.stringify({ name: String(performance.timeOrigin + performance.now()), text });
    for (const client of raw.clients) client.send(message);
  });
  raw.close();
  rows.push({
    subscribers,
    "events/s": round(product.messages / seconds, 0),
    "p50 ms": round(product.p50, 1),
    "p99 ms": round(product.p99, 1),
    "raw events/s": round(baseline.messages / seconds, 0),
    "raw p99 ms": round(baseline.p99, 1),
    "told of all": round(product.messages / baseline.messages),
  });
  console.error(JSON.stringify(rows.at(-1)));
}
printTable(rows);
await postgres.stop();

/** Lets subscribers listen for some seconds while things change. */
async function heard(watch: Watch, change: () => Promise<void>): Promise<Heard> {
  const child = fork(fileURLToPath(new URL("watchers.child.js", import.meta.url)), { stdio: "inherit" });
  child.send(watch);
  await once(child, "message");
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    const pause = new Promise((resolve) => setTimeout(resolve, changeEveryMs / jobs));
    await change();
    await pause;
  }
  const answered = once(child, "message");
  child.send("stop");
  const [result] = (await answered) as [Heard];
  return result;
}
