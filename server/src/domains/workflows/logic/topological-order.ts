import { consumersOf, type ApiGraph, linksOf, nodeOf } from "#domains/workflows/logic/api-graph.ts";

/**
 * Node ids with every node after those that it takes its inputs from. Links to missing nodes are ignored.
 * Nodes on a cycle, or fed by one, are left out: the result is shorter than the graph then.
 */
export function topologicalOrder(graph: ApiGraph): string[] {
  const consumers = consumersOf(graph);
  const waitingFor = new Map(Object.keys(graph).map((id) => [id, 0]));
  for (const link of linksOf(graph)) {
    if (nodeOf(graph, link.fromId)) waitingFor.set(link.toId, (waitingFor.get(link.toId) ?? 0) + 1);
  }
  const order = [...waitingFor].filter(([, count]) => count === 0).map(([id]) => id);
  for (let next = 0; next < order.length; next++) {
    for (const { toId } of consumers.get(order[next] as string) ?? []) {
      const left = (waitingFor.get(toId) ?? 0) - 1;
      waitingFor.set(toId, left);
      if (left === 0) order.push(toId);
    }
  }
  return order;
}

/** The ids of one cycle in the direction of the wires (the first id is not repeated at the end), or null. */
export function findCycle(graph: ApiGraph): string[] | null {
  const settled = new Set(topologicalOrder(graph));
  const rest = linksOf(graph).filter(
    (link) => !settled.has(link.toId) && !settled.has(link.fromId) && nodeOf(graph, link.fromId),
  );
  // Every node left over takes an input from another one left over: walking upstream must come round.
  const upstream = new Map(rest.map((link) => [link.toId, link.fromId]));
  const start = rest[0]?.toId;
  if (start === undefined) return null;
  const position = new Map<string, number>();
  const walk: string[] = [];
  let id = start;
  while (!position.has(id)) {
    position.set(id, walk.length);
    walk.push(id);
    id = upstream.get(id) as string;
  }
  return walk.slice(position.get(id)).toReversed();
}
