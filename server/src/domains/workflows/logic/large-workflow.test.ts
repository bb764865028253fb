import { contentHash } from "#domains/workflows/logic/content-hash.ts";
import { discoverParameters } from "#domains/workflows/logic/parameters.ts";
import { maxNodes, maxSourceBytes, parseWorkflowSource } from "#domains/workflows/logic/parse-workflow.ts";
import { detectSlots } from "#domains/workflows/logic/slots.ts";
import { validateGraph } from "#domains/workflows/logic/validate-graph.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { definitions, inEditor, rounds, text } from "#test/support/large-workflow.ts";

/** The aim is a second; a busy machine gets more. */
const limitMs = 5_000;

test.each([
  ["an API graph", (graph: ApiGraph) => text(graph)],
  ["a file of the editor", (graph: ApiGraph) => text(inEditor(graph))],
])("%s of the largest size is read, searched, checked and hashed in about a second", (_what, write) => {
  const graph = rounds(maxNodes);
  const source = write(graph);
  expect(Object.keys(graph).length).toBeGreaterThan(maxNodes - 5);
  expect(source.length).toBeLessThanOrEqual(maxSourceBytes);
  expect(source.length).toBeGreaterThan(2_000_000);
  const startedAt = performance.now();
  const parsed = parseWorkflowSource(source, definitions);
  const slots = detectSlots(parsed.graph, definitions);
  const parameters = discoverParameters(parsed.graph, definitions, slots);
  const issues = validateGraph(parsed.graph, definitions);
  const hash = contentHash(parsed.graph);
  expect(performance.now() - startedAt).toBeLessThan(limitMs);
  expect(slots).toHaveLength(998);
  expect(parameters.length).toBeGreaterThan(0);
  expect(issues).toEqual([]);
  expect(hash).toHaveLength(64);
});
