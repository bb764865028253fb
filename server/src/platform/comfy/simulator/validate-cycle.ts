import type { JsonObject } from "#lib/json.ts";
import { asLink, nodeOf } from "./graph.ts";

/** Ids of a cycle that this node leads into, in the order of the links; undefined when there is none. */
export function cycleFrom(graph: JsonObject, start: string): string[] | undefined {
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (id: string): string[] | undefined => {
    const at = path.indexOf(id);
    if (at >= 0) return path.slice(at);
    if (finished.has(id)) return undefined;
    path.push(id);
    for (const value of Object.values(nodeOf(graph, id).inputs)) {
      const link = asLink(value);
      const found = link === undefined ? undefined : visit(link[0]);
      if (found !== undefined) return found;
    }
    path.pop();
    finished.add(id);
    return undefined;
  };
  return visit(start);
}
