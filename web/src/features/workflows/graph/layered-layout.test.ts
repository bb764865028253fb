import { layeredLayout, type LayoutInput, nodeSize, ranksOf } from "./layered-layout.ts";
import { layoutGraph } from "./layout-graph.ts";

/** A row of stages, each fed by the same loader. */
function chain(length: number): LayoutInput {
  const ids = ["loader", ...Array.from({ length }, (_, index) => `stage${index}`)];
  return {
    ids,
    links: ids.slice(1).flatMap((id, index) => [["loader", id] as const, [ids[index] ?? "", id] as const]),
  };
}

function overlaps(positions: Record<string, { x: number; y: number }>): number {
  const places = Object.values(positions);
  return places.filter((a, index) =>
    places.slice(index + 1).some((b) => Math.abs(a.x - b.x) < nodeSize.width && Math.abs(a.y - b.y) < nodeSize.height),
  ).length;
}

test("a node's rank is its farthest source's plus one", () => {
  const ranks = ranksOf({
    ids: ["a", "b", "c"],
    links: [
      ["a", "c"],
      ["a", "b"],
      ["b", "c"],
    ],
  });
  expect([...ranks.values()]).toEqual([0, 1, 2]);
});

describe.each([
  ["layeredLayout", layeredLayout],
  ["layoutGraph", layoutGraph],
])("%s", (_name, place) => {
  test("puts every node right of its sources, and none on another", () => {
    const input = chain(6);
    const positions = place(input);
    for (const [from, to] of input.links) {
      expect(positions[to]?.x).toBeGreaterThan((positions[from]?.x ?? Number.POSITIVE_INFINITY) + nodeSize.width);
    }
    expect(overlaps(positions)).toBe(0);
  });
});

test("2,000 nodes with long links are placed, without one on another", () => {
  const positions = layoutGraph(chain(1_999));
  expect(Object.keys(positions)).toHaveLength(2_000);
  expect(overlaps(positions)).toBe(0);
});

test("links from nodes that are not there are left out", () => {
  expect(Object.keys(layoutGraph({ ids: ["a"], links: [["ghost", "a"]] }))).toEqual(["a"]);
});
