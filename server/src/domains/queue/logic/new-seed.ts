import { randomBytes } from "node:crypto";
import { drawIn } from "#domains/queue/logic/build/seeds.ts";
import { seedRangeOf } from "#domains/workflows/logic/seed-range.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { JsonValue } from "#lib/json.ts";

/** 53 random bits, which every JSON reader keeps exact. */
export function drawSeed(): bigint {
  return randomBytes(8).readBigUInt64BE() >> 11n;
}

/** One that the workflow takes. */
export function drawSeedFor(parameters: readonly WorkflowParameter[]): bigint {
  return drawIn(seedRangeOf(parameters), drawSeed);
}

/** The graph with another seed in every sampler that is bound to one. */
export function withNewSeed(
  graph: ApiGraph,
  parameters: readonly WorkflowParameter[],
  seed: bigint = drawSeedFor(parameters),
): { graph: ApiGraph; seed: bigint } {
  const changed: ApiGraph = { ...graph };
  for (const { nodeId, inputName } of parameters
    .filter(({ type }) => type === "SEED")
    .flatMap(({ bindings }) => bindings)) {
    const node = changed[nodeId];
    if (!node) continue;
    const value: JsonValue = seed <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(seed) : seed;
    changed[nodeId] = { ...node, inputs: { ...node.inputs, [inputName]: value } };
  }
  return { graph: changed, seed };
}
