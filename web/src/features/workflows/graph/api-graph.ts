/** A node of a graph in API format. */
export interface GraphNode {
  id: string;
  classType: string;
  title: string;
  inputs: [name: string, value: unknown][];
}

interface RawNode {
  class_type?: unknown;
  inputs?: unknown;
  _meta?: { title?: unknown } | null;
}

/** The nodes of a graph, in natural order of their ids. */
export function nodesOf(graph: unknown): GraphNode[] {
  if (typeof graph !== "object" || graph === null) return [];
  return Object.entries(graph as Record<string, RawNode>)
    .map(([id, raw]) => {
      const classType = typeof raw.class_type === "string" ? raw.class_type : "?";
      const title = typeof raw._meta?.title === "string" && raw._meta.title ? raw._meta.title : classType;
      return { id, classType, title, inputs: Object.entries((raw.inputs ?? {}) as Record<string, unknown>) };
    })
    .toSorted((a, b) => a.id.localeCompare(b.id, "en", { numeric: true }));
}

/** The node that a link comes from; null for a value. A link is the node's id and the number of its output. */
export function linkSource(value: unknown): string | null {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && typeof value[1] === "number"
    ? value[0]
    : null;
}
