import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { WebSocket } from "ws";
import { ComfyClient } from "./client.ts";
import { ComfyHttpError, ComfyMalformedAnswerError, ComfyUnreachableError } from "./errors.ts";
import { startSimulator } from "./simulator/simulator.ts";
import { postedElsewhere, sleepGraph, TestMachine } from "./testing.ts";

describe("trouble on the way", () => {
  test("200 prompts of 0 ms at concurrency 8 all end once while sockets are cut", async () => {
    await using simulator = await startSimulator({ stepMs: 0, faults: { dropSocketsEvery: 97 } });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    let next = 0;
    const files: string[] = [];
    const lane = async () => {
      while (next < 200) {
        const end = await machine.run(sleepGraph(0, `job-${(next += 1)}`));
        if (end.state === "succeeded") files.push(...end.outputs.files.map(({ filename }) => filename));
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    expect(new Set(files).size).toBe(200);
    expect(simulator.executions).toHaveLength(200);
  });

  test("without any socket the end is found by asking", async () => {
    await using simulator = await startSimulator({ stepMs: 0, faults: { refuseSockets: true } });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    await expect(machine.socket.ready(50)).rejects.toBeInstanceOf(ComfyUnreachableError);
    const promptId = randomUUID();
    machine.socket.register(promptId);
    await machine.client.submit({ prompt: sleepGraph(20), promptId, clientId: machine.socket.clientId });
    expect((await machine.follow(promptId)).state).toBe("succeeded");
  });

  test("a socket that went silent does not hide the end, and is replaced", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    await machine.socket.ready();
    simulator.setFault({ silentSockets: true });
    const promptId = await machine.submit(sleepGraph(20));
    const before = machine.socket.clientId;
    expect((await machine.follow(promptId, { pollMs: 20 })).state).toBe("succeeded");
    simulator.setFault({ silentSockets: undefined });
    await machine.socket.ready();
    // Nothing was registered any more: the new connection has an id of its own.
    expect(machine.socket.clientId).not.toBe(before);
  });

  test("a connection that went deaf because its id was freed is replaced under the same id", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    await machine.socket.ready();
    const promptId = randomUUID();
    machine.socket.register(promptId);
    const { clientId } = machine.socket;
    // As after a network failure: the machine notices late that an older connection of this id is gone.
    const older = new WebSocket(`${simulator.url.replace("http", "ws")}/ws?clientId=${clientId}`);
    await once(older, "message");
    const closed = once(older, "close");
    older.close();
    await closed;
    await machine.client.submit({ prompt: sleepGraph(250), promptId, clientId });
    const told: number[] = [];
    const end = await machine.follow(promptId, {
      deafMs: 30,
      pollMs: 10_000,
      onProgress: ({ fraction }) => told.push(fraction),
    });
    expect(end.state).toBe("succeeded");
    expect(told.length).toBeGreaterThan(1);
    expect(machine.socket.clientId).toBe(clientId);
  });

  test("a prompt that another process posted is followed by asking", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    const promptId = await postedElsewhere(simulator.url, sleepGraph(80));
    await using machine = new TestMachine({ baseUrl: simulator.url });
    await machine.socket.ready();
    expect((await machine.follow(promptId, { pollMs: 60_000 })).state).toBe("succeeded");
  });

  test("a download that breaks in the middle is a machine that did not answer", async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("half", () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const client = new ComfyClient({ baseUrl: `http://127.0.0.1:${port}` });
    const { body } = await client.view({ filename: "a.png", subfolder: "", type: "output" });
    await expect(buffer(body)).rejects.toBeInstanceOf(ComfyUnreachableError);
    await client.close();
    server.close();
  });

  test("HTTP 500 while following is waited through, and reported", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    simulator.setFault({ httpError: { route: "/jobs", times: 3 } });
    const errors: Error[] = [];
    let isBack = false;
    const promptId = await postedElsewhere(simulator.url);
    const end = await machine.follow(promptId, {
      onUnreachable: (_, error) => errors.push(error),
      onReachable: () => {
        isBack = true;
      },
    });
    expect(end.state).toBe("succeeded");
    expect(errors).toEqual([expect.any(ComfyHttpError), expect.any(ComfyHttpError), expect.any(ComfyHttpError)]);
    expect(isBack).toBe(true);
  });

  test("HTTP 500 for a submission is transient", async () => {
    await using simulator = await startSimulator({ stepMs: 0, faults: { httpError: { route: "/prompt", times: 1 } } });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    await expect(machine.submit(sleepGraph())).rejects.toMatchObject({ status: 500, isTransient: true });
    expect((await machine.run(sleepGraph())).state).toBe("succeeded");
  });

  test("a malformed answer is asked for again; malformed answers without end are an error", async () => {
    await using simulator = await startSimulator({ stepMs: 0, faults: { malformedHistory: 2 } });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    expect((await machine.follow(await postedElsewhere(simulator.url))).state).toBe("succeeded");
    simulator.setFault({ malformedHistory: 1_000 });
    const promptId = await postedElsewhere(simulator.url);
    await expect(machine.follow(promptId, { pollMs: 20 })).rejects.toBeInstanceOf(ComfyMalformedAnswerError);
  });

  test("a history entry that lags behind the announced end is waited for", async () => {
    await using simulator = await startSimulator({ stepMs: 0, faults: { historyLagMs: 120 } });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const graph = sleepGraph();
    await machine.run(graph);
    // Of what the cache spares the machine not every version tells, so its answer is waited for.
    expect(await machine.run(graph)).toMatchObject({ state: "succeeded", outputs: { files: [{ nodeId: "2" }] } });
  });

  test("a connection that is refused says that nothing was sent", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    await simulator.stop();
    await expect(machine.client.systemStats()).rejects.toMatchObject({ code: "ECONNREFUSED", neverSent: true });
  });

  test("an outage is no failure: a prompt that ran on behind it is collected", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const promptId = await machine.submit(sleepGraph(100));
    let outages = 0;
    const end = machine.follow(promptId, {
      onUnreachable: () => {
        outages += 1;
        void simulator.start();
      },
    });
    await simulator.stop();
    expect((await end).state).toBe("succeeded");
    expect(outages).toBeGreaterThan(0);
  });

  test("following stops when its signal is aborted, and leaves the prompt alone", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const stop = new AbortController();
    const promptId = await machine.submit(sleepGraph(50));
    const end = machine.follow(promptId, { signal: stop.signal });
    stop.abort(new Error("shutting down"));
    await expect(end).rejects.toThrow("shutting down");
    expect((await machine.follow(promptId)).state).toBe("succeeded");
  });
});

describe("stopping a prompt", () => {
  test.each(["0.33", "0.8", "0.3"] as const)("on version %s only the named prompt is hit", async (version) => {
    await using simulator = await startSimulator({ stepMs: 0, version });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const running = await machine.submit(sleepGraph(60_000));
    const pending = await machine.submit(sleepGraph(0));
    const other = await machine.submit(sleepGraph(0));
    const ends = [running, pending, other].map((promptId) => machine.follow(promptId));
    expect(await machine.client.cancel(pending)).toBe(true);
    expect(await machine.client.cancel(randomUUID())).toBe(false);
    expect(await machine.client.cancel(running)).toBe(true);
    expect((await Promise.all(ends)).map((end) => end.state)).toEqual(["interrupted", "lost", "succeeded"]);
    expect(await machine.client.cancel(running)).toBe(false);
  });
});
