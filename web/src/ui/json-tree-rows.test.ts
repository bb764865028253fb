import { pathSeparator, visibleRows } from "./json-tree-rows.ts";

describe("visibleRows", () => {
  const graph = { "3": { inputs: { seed: 1 }, tags: ["a", "b"] } };

  test("shows one row while everything is closed", () => {
    expect(visibleRows(graph, new Set())).toMatchObject([{ depth: 0, size: 1, isOpen: false }]);
  });

  test("shows the children of what is open, in order", () => {
    const node = `${pathSeparator}3`;
    const rows = visibleRows(graph, new Set(["", node, `${node}${pathSeparator}tags`]));
    expect(rows.map((row) => [row.depth, row.name])).toEqual([
      [0, null],
      [1, "3"],
      [2, "inputs"],
      [2, "tags"],
      [3, "0"],
      [3, "1"],
    ]);
  });
});
