import { type ApiGraph, type ApiNode, consumersOf, isLink } from "#domains/workflows/logic/api-graph.ts";
import { makesVideo } from "#domains/workflows/logic/media-nodes.ts";
import type { ParameterBinding } from "#domains/workflows/logic/parameter.ts";
import type { DetectedSlot } from "#domains/workflows/logic/slots.ts";
import { makesFrames } from "#domains/workflows/logic/timing.ts";
import { topologicalOrder } from "#domains/workflows/logic/topological-order.ts";

/**
 * The positive prompts of a split-prompt workflow in the order of its stages; null for any other. Split is a graph that
 * makes video in stages that build on one another, each with a prompt of its own.
 */
export function detectClips(graph: ApiGraph, slots: readonly DetectedSlot[]): ParameterBinding[] | null {
  const positives = slots.filter((slot) => slot.slotType === "POSITIVE");
  if (positives.length < 2 || !Object.values(graph).some(makesVideo)) return null;
  const order = new Map(topologicalOrder(graph).map((id, index) => [id, index]));
  const stages = positives.flatMap((slot) => {
    const maker = nearestMaker(graph, slot.nodeId);
    return maker === null ? [] : [{ slot, maker, position: order.get(maker) ?? 0 }];
  });
  if (stages.length !== positives.length || new Set(stages.map(({ maker }) => maker)).size !== stages.length)
    return null;
  const inOrder = stages.toSorted((a, b) => a.position - b.position);
  const isChain = inOrder.every(({ maker }, index) => {
    const next = inOrder[index + 1];
    return !next || feeds(graph, maker, next.maker);
  });
  return isChain ? inOrder.map(({ slot: { nodeId, inputName } }) => ({ nodeId, inputName })) : null;
}

/** The first node downstream that begins a clip. */
function nearestMaker(graph: ApiGraph, from: string): string | null {
  return walk(graph, from, (id) => makesFrames(graph[id] as ApiNode));
}

function feeds(graph: ApiGraph, from: string, to: string): boolean {
  return walk(graph, from, (id) => id === to) !== null;
}

/** Breadth first along the wires. */
function walk(graph: ApiGraph, from: string, isWanted: (id: string) => boolean): string | null {
  const consumers = consumersOf(graph);
  const seen = new Set([from]);
  const open = [from];
  for (const id of open) {
    if (isWanted(id) && id !== from) return id;
    for (const { toId } of consumers.get(id) ?? []) {
      if (seen.has(toId)) continue;
      seen.add(toId);
      open.push(toId);
    }
  }
  return makesFrames(graph[from] as ApiNode) && isWanted(from) && hasLinks(graph[from] as ApiNode) ? from : null;
}

const hasLinks = (node: ApiNode): boolean => Object.values(node.inputs).some(isLink);
