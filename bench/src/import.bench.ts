import { performance } from "node:perf_hooks";
import { maxNodes, parseWorkflowSource } from "@callsheet/server/domains/workflows/logic/parse-workflow.ts";
import { validateGraph } from "@callsheet/server/domains/workflows/logic/validate-graph.ts";
import { definitions, inEditor, rounds, text } from "@callsheet/server/test/support/large-workflow.ts";
import { startTestApp } from "@callsheet/server/test/test-app.ts";
import { percentile, printTable, round, startBenchPostgres } from "./support.ts";

/**
 * The largest workflow that is allowed, through the API: imported, imported again, checked and compared, against JSON.parse
 * of the same file. Usage: npm run bench -- import [rounds]
 */
const times = Number(process.argv[2] ?? 5);

const postgres = await startBenchPostgres();
const app = await startTestApp({ config: { environment: "production", limits: { maxCost: 1e9 } } });
const graph = rounds(maxNodes);
const sources = { "API graph": text(graph), "file of the editor": text(inEditor(graph)) };

const imported = async (name: string, source: string): Promise<{ version: string }> => {
  const { importWorkflow } = await app.execute(
    `mutation ($input: ImportWorkflowInput!) { importWorkflow(input: $input) { __typename ... on Error { message }
      ... on ImportWorkflowPayload { version { id } report { slotsAdded { id } } } } }`,
    { input: { name, source } },
  );
  if (!importWorkflow.version) throw new Error(importWorkflow.message);
  return { version: importWorkflow.version.id };
};

const rows: Record<string, string | number>[] = [];
const api = sources["API graph"];
await row("JSON.parse", api, async () => void JSON.parse(api));
for (const [format, source] of Object.entries(sources)) {
  await row(`read, ${format}`, source, async () => void parseWorkflowSource(source, definitions));
}
await row("check against a machine's nodes", api, async () => void validateGraph(graph, definitions));
let n = 0;
await row("import as a new workflow", api, async () => void (await imported(`large ${n++}`, api)));
await row("import again, nothing changed", api, async () => void (await imported("large 0", api)));
const { version: from } = await imported("large 0", api);
const { version: to } = await imported("large 0", api.replaceAll("blurry", "noisy"));
await row("compare two versions", api, async () => {
  const { workflowVersionDiff } = await app.execute(
    `query ($from: ID!, $to: ID!) { workflowVersionDiff(fromId: $from, toId: $to) { nodes { nodeId kind } slots { kind } } }`,
    { from, to },
  );
  if (workflowVersionDiff.slots.length === 0) throw new Error("no difference");
});
printTable(rows);
await app[Symbol.asyncDispose]();
await postgres.stop();

async function row(what: string, source: string, work: () => Promise<void>): Promise<void> {
  const figures: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const begin = performance.now();
    await work();
    figures.push(performance.now() - begin);
  }
  const p50 = percentile(figures, 50);
  rows.push({
    what,
    MB: round(source.length / 1e6, 1),
    "p50 ms": round(p50, 0),
    "first ms": round(figures[0] ?? 0, 0),
    "times JSON.parse": round(p50 / Number(rows[0]?.["p50 ms"] ?? p50), 1),
  });
  console.error(JSON.stringify(rows.at(-1)));
}
