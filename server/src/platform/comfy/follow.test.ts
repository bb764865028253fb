import { ComfyUnreachableError } from "./errors.ts";
import type { ComfyProgress } from "./progress.ts";
import { startSimulator } from "./simulator/simulator.ts";
import { sleepGraph, TestMachine } from "./testing.ts";

describe("following a prompt on the simulator", () => {
  test("a run that is heard from its start to its success takes a post and no question", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const end = await machine.run(sleepGraph(5));
    expect(end).toMatchObject({
      state: "succeeded",
      outputs: { files: [{ nodeId: "2", key: "images", filename: "test_00001_.png", subfolder: "", type: "output" }] },
    });
    expect(Object.fromEntries(simulator.requests)).toEqual({ "POST /prompt": 1 });
  });

  test("what the machine's cache spared it is asked for, once", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const graph = sleepGraph(5);
    const first = await machine.run(graph);
    expect(await machine.run(graph)).toEqual(first);
    expect(Object.fromEntries(simulator.requests)).toEqual({ "POST /prompt": 2, "GET /jobs/{id}": 1 });
  });

  test("after a connection that broke in between the success is asked for", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    let isCut = false;
    const end = await machine.run(sleepGraph(150), {
      onProgress: () => {
        if (!isCut) simulator.dropSockets();
        isCut = true;
      },
    });
    expect(end).toMatchObject({ state: "succeeded", outputs: { files: [{ nodeId: "2" }] } });
    expect(simulator.requests.get("GET /jobs/{id}")).toBeGreaterThan(0);
  });

  test("progress never falls and names the node of the graph", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const seen: ComfyProgress[] = [];
    await machine.run(sleepGraph(5), { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ fraction }) => fraction)).toEqual(
      seen.map(({ fraction }) => fraction).toSorted((a, b) => a - b),
    );
    expect(new Set(seen.map(({ nodeId }) => nodeId))).toEqual(new Set([undefined, "1", "2"]));
  });

  test("an answer that was lost leaves a prompt that can be looked up and followed", async () => {
    await using simulator = await startSimulator({ stepMs: 0, faults: { loseReply: { route: "/prompt", times: 1 } } });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const promptId = "0b7f6a30-0000-4000-8000-000000000001";
    await expect(machine.submit(sleepGraph(20), promptId)).rejects.toBeInstanceOf(ComfyUnreachableError);
    expect((await machine.client.job(promptId)).state).not.toBe("unknown");
    expect((await machine.follow(promptId)).state).toBe("succeeded");
    expect(simulator.executions).toHaveLength(1);
  });

  test("a machine that restarts in the middle is unreachable first, then the prompt is lost", async () => {
    await using simulator = await startSimulator({ stepMs: 0, faults: { neverEnding: true } });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const promptId = await machine.submit(sleepGraph());
    let unreachable = 0;
    const { promise: noticed, resolve: notice } = deferred();
    const end = machine.follow(promptId, {
      onUnreachable: () => {
        unreachable += 1;
        notice();
      },
    });
    await simulator.stop();
    await noticed;
    await simulator.restart();
    expect(await end).toEqual({ state: "lost" });
    expect(unreachable).toBeGreaterThan(0);
  });
});

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
