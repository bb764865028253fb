import { Graph, layout } from "@dagrejs/dagre";
import {
  gaps,
  layeredLayout,
  type LayoutInput,
  nodeSize,
  type Positions,
  ranksOf,
} from "#features/workflows/graph/layered-layout.ts";

/** Dagre's time grows with the columns that links cross; at so many it takes about a second. */
const maxSpan = 1_500;

/** Places nodes from left to right along their links. */
export function layoutGraph(input: LayoutInput): Positions {
  const known = new Set(input.ids);
  const links = input.links.filter(([from, to]) => known.has(from) && known.has(to));
  const ranks = ranksOf({ ids: input.ids, links });
  const span = links.reduce((sum, [from, to]) => sum + Math.abs((ranks.get(to) ?? 0) - (ranks.get(from) ?? 0)), 0);
  return span > maxSpan ? layeredLayout({ ids: input.ids, links }) : dagreLayout({ ids: input.ids, links });
}

function dagreLayout({ ids, links }: LayoutInput): Positions {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: gaps.row, ranksep: gaps.column });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(id, { ...nodeSize });
  for (const [from, to] of links) graph.setEdge(from, to);
  layout(graph);
  return Object.fromEntries(
    ids.map((id) => {
      const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number };
      return [id, { x: Math.round(x - nodeSize.width / 2), y: Math.round(y - nodeSize.height / 2) }];
    }),
  );
}
