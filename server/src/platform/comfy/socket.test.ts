import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { WebSocketServer } from "ws";
import type { AddressInfo } from "node:net";
import { ComfyUnreachableError } from "./errors.ts";
import type { ComfyEvent } from "./events.ts";
import { startSimulator } from "./simulator/simulator.ts";
import { ComfySocket } from "./socket.ts";
import { sleepGraph, TestMachine } from "./testing.ts";

describe("the socket", () => {
  test("events that come before there is a listener are kept in their order", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const promptId = randomUUID();
    await machine.socket.ready();
    machine.socket.register(promptId);
    await machine.client.submit({ prompt: sleepGraph(), promptId, clientId: machine.socket.clientId });
    await machine.follow(await machine.submit(sleepGraph()));
    const events: ComfyEvent[] = [];
    machine.socket.register(promptId, (event) => events.push(event));
    expect(events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
      "started",
      "cached",
      "progress",
      "node",
      "progress",
      "node",
      "executed",
      "progress",
      "succeeded-hint",
      "end-hint",
    ]);
    expect(events.at(-1)).toEqual({ type: "end-hint" });
  });

  test("the client id stays while a prompt is registered, and changes when none is", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    await using machine = new TestMachine({ baseUrl: simulator.url });
    const { socket } = machine;
    await socket.ready();
    const promptId = randomUUID();
    const told: string[] = [];
    const reconnected = new Promise<void>((resolve) => {
      socket.register(promptId, ({ type }) => {
        told.push(type);
        if (type === "reconnected") resolve();
      });
    });
    const pinned = socket.clientId;
    simulator.dropSockets();
    await reconnected;
    expect(told).toEqual(["disconnected", "gap", "reconnected"]);
    expect(socket.clientId).toBe(pinned);
    // Never two connections under one id: the second would go deaf.
    expect(simulator.socketCount).toBe(1);
    socket.unregister(promptId);
    socket.reconnect("test");
    await socket.ready();
    expect(socket.clientId).not.toBe(pinned);
  });

  test("a link that answers no ping is given up", async () => {
    const server = new WebSocketServer({ port: 0, autoPong: false });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const socket = new ComfySocket({ baseUrl: `http://127.0.0.1:${port}`, pingMs: 20, reconnectMs: 5 });
    await once(server, "connection");
    await once(server, "connection");
    await socket.close();
    server.close();
  });

  test("feature flags are the first thing that is sent, on every connection", async () => {
    const server = new WebSocketServer({ port: 0 });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const socket = new ComfySocket({ baseUrl: `http://127.0.0.1:${port}/prefix`, apiKey: "k", reconnectMs: 5 });
    for (let round = 0; round < 2; round += 1) {
      const [connection, request] = await once(server, "connection");
      expect(request.url).toMatch(/^\/prefix\/ws\?clientId=[0-9a-f-]{36}$/);
      expect(request.headers.authorization).toBe("Bearer k");
      const [frame] = await once(connection, "message");
      expect(JSON.parse(String(frame))).toEqual({ type: "feature_flags", data: { supports_preview_metadata: true } });
      connection.terminate();
    }
    await socket.close();
    server.close();
  });

  test("waiting for a machine that is not there ends, and works once it is", async () => {
    const simulator = await startSimulator({ stepMs: 0 });
    await simulator.stop();
    await using machine = new TestMachine({ baseUrl: simulator.url });
    await expect(machine.socket.ready(30)).rejects.toBeInstanceOf(ComfyUnreachableError);
    await simulator.start();
    await machine.socket.ready();
    expect(machine.socket.isOpen).toBe(true);
    await simulator[Symbol.asyncDispose]();
  });
});
