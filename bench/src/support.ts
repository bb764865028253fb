import { fileURLToPath } from "node:url";
import type { TestApp } from "@callsheet/server/test/test-app.ts";
import { startTestPostgres } from "@callsheet/server/test/support/postgres.ts";

const migrations = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** A real server with fsync on, as a studio would have; its databases are cloned from a migrated template. */
export async function startBenchPostgres() {
  const server = await startTestPostgres(migrations, { durable: true });
  process.env["CALLSHEET_TEST_SERVER"] = server.url;
  return server;
}

/** @returns the id that the database knows the workflow by */
export async function importBenchWorkflow(app: TestApp, graph: object): Promise<string> {
  const { importWorkflow } = await app.execute(
    `mutation ($source: String!) { importWorkflow(input: { name: "bench", source: $source }) { ... on ImportWorkflowPayload { workflow { id } } } }`,
    { source: JSON.stringify(graph) },
  );
  return Buffer.from(importWorkflow.workflow.id, "base64").toString().split(":")[1] as string;
}

/** The p-th percentile (0 to 100) of figures. */
export function percentile(figures: readonly number[], p: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((p / 100) * sorted.length))] ?? Number.NaN;
}

export function printTable(rows: Record<string, string | number>[]): void {
  console.table(rows);
}

export const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;
