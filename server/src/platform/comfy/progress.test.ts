import type { ComfyEvent } from "./events.ts";
import { foldProgress, startProgress } from "./progress.ts";

function fold(nodeCount: number, ...events: ComfyEvent[]) {
  return events.reduce(foldProgress, startProgress(nodeCount)).progress;
}
const node = (nodeId: string, value: number, max: number, state: "running" | "finished" = "running", displayNodeId = nodeId) =>
  ({ nodeId, displayNodeId, value, max, state }) as const;

describe("progress of a prompt", () => {
  test("nothing heard yet is pending", () => {
    expect(startProgress(3).progress).toEqual({ state: "pending", fraction: 0 });
  });

  test("finished and cached nodes count whole, the running one by its steps", () => {
    const progress = fold(
      4,
      { type: "cached", nodeIds: ["1"] },
      { type: "progress", nodes: [node("2", 1, 1, "finished"), node("3", 5, 10)] },
    );
    expect(progress).toEqual({ state: "running", fraction: 0.625, nodeId: "3", value: 5, max: 10 });
  });

  test("it never falls, and leaves 1 to the confirmed end", () => {
    const full = fold(1, { type: "progress", nodes: [node("1", 1, 1, "finished")] });
    expect(full.fraction).toBe(0.99);
    const events: ComfyEvent[] = [
      { type: "progress", nodes: [node("1", 9, 10)] },
      { type: "progress", nodes: [node("1", 2, 10)] },
    ];
    expect(fold(1, ...events).fraction).toBe(0.9);
  });

  test("an expanded node counts towards the node of the graph it came from", () => {
    const progress = fold(2, { type: "progress", nodes: [node("7.0.0.1", 1, 2, "running", "7")] });
    expect(progress.nodeId).toBe("7");
    expect(progress.fraction).toBeCloseTo(0.225);
  });

  test("steps of the last node are gone when the next one starts", () => {
    const progress = fold(
      2,
      { type: "progress", nodes: [node("1", 5, 5)] },
      { type: "node", nodeId: "2", displayNodeId: "2" },
    );
    expect(progress).toMatchObject({ nodeId: "2" });
    expect(progress).not.toHaveProperty("max");
  });

  test("an event without news leaves the very same state", () => {
    const state = foldProgress(startProgress(1), { type: "started" });
    expect(foldProgress(state, { type: "started" })).toBe(state);
    expect(foldProgress(state, { type: "disconnected" })).toBe(state);
  });
});
