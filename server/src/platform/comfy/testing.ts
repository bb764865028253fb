import { randomUUID } from "node:crypto";
import type { JsonObject } from "#lib/json.ts";
import { ComfyClient } from "./client.ts";
import { type ComfyEnd, type FollowOptions, followPrompt } from "./follow.ts";
import { ComfySocket, type ComfySocketOptions } from "./socket.ts";

/** A client and a socket to one machine, for tests; `await using` closes both. */
export class TestMachine implements AsyncDisposable {
  readonly client: ComfyClient;
  readonly socket: ComfySocket;

  constructor(options: ComfySocketOptions) {
    this.client = new ComfyClient({ ...options, requestTimeoutMs: 5_000 });
    this.socket = new ComfySocket({ reconnectMs: 10, ...options });
  }

  /** Submits a graph as a worker does: registered first, then posted. */
  async submit(prompt: JsonObject, promptId: string = randomUUID(), extraData: JsonObject = {}): Promise<string> {
    await this.socket.ready();
    this.socket.register(promptId);
    await this.client.submit({ prompt, promptId, clientId: this.socket.clientId, extraData });
    return promptId;
  }

  follow(promptId: string, options: Partial<FollowOptions> = {}): Promise<ComfyEnd> {
    return followPrompt({ client: this.client, socket: this.socket, promptId, nodeCount: 2, pollMs: 100, ...options });
  }

  async run(prompt: JsonObject, options: Partial<FollowOptions> = {}): Promise<ComfyEnd> {
    const promptId = await this.submit(prompt);
    return this.follow(promptId, { nodeCount: Object.keys(prompt).length, ...options });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.socket.close();
    await this.client.close();
  }
}

/** A prompt that another process has posted: what becomes of it is not heard here, only answered. */
export async function postedElsewhere(baseUrl: string, graph = sleepGraph()): Promise<string> {
  await using other = new TestMachine({ baseUrl });
  return await other.submit(graph);
}

let nextSeed = 0;

/** The cheapest graph of the simulator: waits, then saves a pixel. Every call makes a graph of its own. */
export function sleepGraph(ms = 0, prefix = "test"): JsonObject {
  nextSeed += 1;
  return {
    "1": { class_type: "SimulatorSleep", inputs: { ms, seed: nextSeed } },
    "2": { class_type: "SimulatorOutput", inputs: { token: ["1", 0], filename_prefix: prefix } },
  };
}
