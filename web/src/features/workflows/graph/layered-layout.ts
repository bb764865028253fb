/** A graph without a circle: node ids, and links from one to the next. */
export interface LayoutInput {
  ids: readonly string[];
  links: readonly (readonly [from: string, to: string])[];
}

export type Positions = Record<string, { x: number; y: number }>;

export const nodeSize = { width: 208, height: 52 } as const;
export const gaps = { column: 72, row: 24 } as const;

/** How many links a node has between it and its farthest source. Nodes on a circle, if any, stay at 0. */
export function ranksOf({ ids, links }: LayoutInput): Map<string, number> {
  const ranks = new Map(ids.map((id) => [id, 0]));
  const missing = new Map(ids.map((id) => [id, 0]));
  const targets = new Map<string, string[]>();
  for (const [from, to] of links) {
    targets.set(from, [...(targets.get(from) ?? []), to]);
    missing.set(to, (missing.get(to) ?? 0) + 1);
  }
  const ready = ids.filter((id) => missing.get(id) === 0);
  for (const id of ready) {
    for (const to of targets.get(id) ?? []) {
      ranks.set(to, Math.max(ranks.get(to) ?? 0, (ranks.get(id) ?? 0) + 1));
      missing.set(to, (missing.get(to) ?? 0) - 1);
      if (missing.get(to) === 0) ready.push(to);
    }
  }
  return ranks;
}

/**
 * Columns by rank, each ordered by where its nodes' sources stand: crossings are not counted, so it is not the prettiest
 * layout, but it takes milliseconds for thousands of nodes.
 */
export function layeredLayout(input: LayoutInput): Positions {
  const ranks = ranksOf(input);
  const sources = new Map<string, string[]>();
  for (const [from, to] of input.links) sources.set(to, [...(sources.get(to) ?? []), from]);
  const columns: string[][] = [];
  for (const id of input.ids) (columns[ranks.get(id) ?? 0] ??= []).push(id);
  const rows = new Map<string, number>();
  const positions: Positions = {};
  columns.forEach((column, rank) => {
    const wanted = new Map(column.map((id, index) => [id, mean(sources.get(id), rows) ?? index]));
    const ordered = column.toSorted((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
    ordered.forEach((id, row) => {
      rows.set(id, row);
      positions[id] = {
        x: rank * (nodeSize.width + gaps.column),
        y: Math.round((row - (ordered.length - 1) / 2) * (nodeSize.height + gaps.row)),
      };
    });
  });
  return positions;
}

function mean(ids: string[] | undefined, rows: ReadonlyMap<string, number>): number | null {
  if (!ids || ids.length === 0) return null;
  return ids.reduce((sum, id) => sum + (rows.get(id) ?? 0), 0) / ids.length;
}
