import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import pg from "pg";
import { startTestApp } from "@callsheet/server/test/test-app.ts";
import { seedReadBench } from "./read-seed.ts";
import { operations, type ReadIds } from "./read-operations.ts";
import { printTable, round, startBenchPostgres } from "./support.ts";

/**
 * Queries per second and p99 of list operations, against one hand-written SQL statement with json_agg through pg behind
 * node:http. Product and baseline are processes of their own, measured one after the other, alternating.
 * Usage: npm run bench -- graphql-read [seconds for each measurement] [operation]
 */
const role = process.env["BENCH_ROLE"];
if (role === "baseline") await serveBaseline();
else if (role === "product") await serveProduct();
else await measure();

async function measure(): Promise<void> {
  const seconds = Number(process.argv[2] ?? 5);
  const postgres = await startBenchPostgres();
  const product = await start("product", {});
  const ids = product.message as unknown as ReadIds & { databaseUrl: string };
  const baseline = await start("baseline", { BENCH_DATABASE: ids.databaseUrl, BENCH_IDS: JSON.stringify(ids) });
  const rows: Record<string, string | number>[] = [];
  for (const operation of operations.filter(({ name }) => !process.argv[3] || name === process.argv[3])) {
    const body = JSON.stringify({ query: operation.query, variables: operation.variables(ids) });
    await check(product.port, body);
    const rounds = [];
    for (let round = 0; round < 3; round += 1) {
      const own = await hit(`http://127.0.0.1:${product.port}/graphql`, seconds, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      const base = await hit(`http://127.0.0.1:${baseline.port}/${operation.name}`, seconds, { method: "GET" });
      rounds.push({ own, base, ratio: own.requests.average / base.requests.average });
    }
    const middle = rounds.toSorted((a, b) => a.ratio - b.ratio)[1] as (typeof rounds)[number];
    rows.push({
      operation: operation.name,
      "queries/s": round(middle.own.requests.average, 0),
      "p99 ms": middle.own.latency.p99,
      "baseline/s": round(middle.base.requests.average, 0),
      "baseline p99 ms": middle.base.latency.p99,
      kB: round(middle.own.throughput.average / middle.own.requests.average / 1024, 0),
      ratio: round(middle.ratio),
    });
    console.error(JSON.stringify(rows.at(-1)));
  }
  printTable(rows);
  product.process.kill("SIGTERM");
  baseline.process.kill("SIGTERM");
  await Promise.all([once(product.process, "exit"), once(baseline.process, "exit")]);
  await postgres.stop();
}

async function check(port: number, body: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const text = await response.text();
  if (text.includes('"errors"')) throw new Error(text.slice(0, 500));
}

function hit(url: string, duration: number, options: Partial<autocannon.Options>): Promise<autocannon.Result> {
  return autocannon({ url, duration, connections: 8, ...options });
}

async function start(as: string, env: Record<string, string>) {
  const child = fork(fileURLToPath(import.meta.url), {
    env: { ...process.env, ...env, NODE_ENV: "production", BENCH_ROLE: as },
    execArgv: ["--max-semi-space-size=64"],
  });
  const [message] = (await once(child, "message")) as [{ port: number }];
  return { process: child, port: message.port, message };
}

async function serveProduct(): Promise<void> {
  const app = await startTestApp({ roles: { api: true }, config: { environment: "production" } });
  const ids = await seedReadBench(app);
  process.send?.({ ...ids, port: Number(new URL(app.url).port), databaseUrl: app.databaseUrl });
  process.once("SIGTERM", () => void app[Symbol.asyncDispose]().then(() => process.exit(0)));
}

async function serveBaseline(): Promise<void> {
  const pool = new pg.Pool({ connectionString: process.env["BENCH_DATABASE"], max: 10 });
  const ids = JSON.parse(process.env["BENCH_IDS"] ?? "{}") as ReadIds;
  const server = createServer((request, response) => {
    const operation = operations.find((each) => `/${each.name}` === request.url);
    if (!operation) return void response.writeHead(404).end();
    pool.query({ name: operation.name, text: operation.sql, values: operation.sqlValues(ids) }).then(
      ({ rows }) =>
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data: rows[0]?.data })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.send?.({ port: typeof address === "object" && address ? address.port : 0 });
  });
  process.once("SIGTERM", () => void pool.end().then(() => process.exit(0)));
}
