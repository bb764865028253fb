import { sizeOfGraph, withResolution } from "#domains/queue/logic/build/resolution.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";

const graph: ApiGraph = {
  1: { class_type: "EmptyLatentImage", inputs: { width: 1024, height: 768, batch_size: 1 } },
  2: { class_type: "CLIPTextEncodeSDXL", inputs: { width: 1024, height: 768, target_width: 1024, target_height: 768 } },
  3: { class_type: "ImageScale", inputs: { width: 512, height: 0 } },
  4: { class_type: "WanImageToVideo", inputs: { width: ["5", 0], height: 480 } },
  5: { class_type: "PrimitiveInt", inputs: { value: 832 } },
  6: { class_type: "ImageScale", inputs: { width: ["7", 0], height: ["7", 1] } },
  7: { class_type: "GetImageSize", inputs: { image: ["1", 0] } },
};
const sizes = (built: ApiGraph) => ["1", "4"].map((id) => [built[id]?.inputs.width, built[id]?.inputs.height]);

test("a preset goes to every pair of numbers, also one that comes from a primitive", () => {
  const built = withResolution(graph, { width: 640, height: 360 }, false);
  expect(sizes(built)).toEqual([
    [640, 360],
    [640, 360],
  ]);
  expect(built[2]?.inputs).toEqual({ width: 640, height: 360, target_width: 640, target_height: 360 });
  expect([built[3], built[6]]).toEqual([graph[3], graph[6]]);
});

test("flipping swaps the preset's sides, or each pair's own", () => {
  expect(sizes(withResolution(graph, { width: 640, height: 360 }, true))).toEqual([
    [360, 640],
    [360, 640],
  ]);
  expect(sizes(withResolution(graph, null, true))).toEqual([
    [768, 1024],
    [480, 832],
  ]);
  expect(withResolution(graph, null, false)).toBe(graph);
});

test("the size of a graph is its largest pair of numbers", () => {
  expect(sizeOfGraph(graph)).toEqual({ width: 1024, height: 768 });
  expect(sizeOfGraph({ 3: graph[3] as ApiGraph[string], 6: graph[6] as ApiGraph[string] })).toBeNull();
});
