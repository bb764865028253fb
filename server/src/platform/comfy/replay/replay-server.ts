import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from "#lib/json.ts";
import { readBody } from "../simulator/http.ts";
import type { CapturedExchange, CapturedLine } from "./captures.ts";

export type ReplayOptions = {
  /** Pretend to have no /api/jobs, so that queue and history are asked. */
  withoutJobs?: boolean;
  /** Hold the sockets' frames back: the end must be found by asking. */
  silent?: boolean;
};

/**
 * Speaks a recorded transcript: every POST /prompt gets the next recorded answer and lets loose the frames that
 * were recorded until the next one. Questions about a prompt get the recorded answers once its last frame is out,
 * and what a busy machine would say before.
 */
export class ReplayServer implements AsyncDisposable {
  readonly #lines: CapturedLine[];
  readonly #options: ReplayOptions;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #sockets = new WebSocketServer({ server: this.#server, path: "/ws" });
  readonly #ended = new Set<string>();
  readonly #posted: string[] = [];
  #position = 0;
  #playing: Promise<void> = Promise.resolve();
  readonly requests: string[] = [];

  constructor(lines: CapturedLine[], options: ReplayOptions = {}) {
    this.#lines = lines;
    this.#options = options;
  }

  async start(): Promise<this> {
    this.#sockets.on("connection", (socket) => socket.send(greeting));
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ids of the prompts that the recording accepted, in their order. */
  get promptIds(): string[] {
    return this.#submissions().flatMap(({ response }) =>
      isJsonObject(response) && typeof response["prompt_id"] === "string" ? [response["prompt_id"]] : [],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #submissions(): CapturedExchange[] {
    return this.#lines.filter((line) => line.kind === "http").filter(isSubmission);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "/";
    this.requests.push(`${request.method} ${path}`);
    await readBody(request);
    if (request.method === "POST" && path === "/prompt") {
      await this.#playing;
      return this.#acceptPrompt(response);
    }
    const id = decodeURIComponent(path.split("/").at(-1) ?? "");
    if (path === "/queue") return reply(response, 200, this.#queue());
    if (path.startsWith("/history/")) return reply(response, 200, this.#ended.has(id) ? this.#historyOf(id) : {});
    if (path.startsWith("/api/jobs/") && this.#options.withoutJobs !== true) return this.#jobOf(response, id);
    reply(response, 404, undefined);
  }

  #acceptPrompt(response: ServerResponse): void {
    let line = this.#lines[this.#position];
    while (line !== undefined && !(line.kind === "http" && isSubmission(line))) line = this.#lines[++this.#position];
    this.#position += 1;
    if (line?.kind !== "http") return reply(response, 500, undefined);
    if (isJsonObject(line.response)) this.#posted.push(String(line.response["prompt_id"]));
    reply(response, line.status, line.response);
    this.#playing = this.#playOn();
  }

  /** Sends what was recorded until the next submission, and cuts and awaits connections where they were. */
  async #playOn(): Promise<void> {
    for (; this.#position < this.#lines.length; this.#position += 1) {
      const line = this.#lines[this.#position];
      if (line?.kind === "http" && isSubmission(line)) return;
      if (line?.kind === "text") this.#playText(line.message);
      if (line?.kind === "binary") this.#broadcast(frameOf(line.binary));
      if (line?.kind === "http") this.#noteEnds(line);
      if (line?.kind === "_closed" && this.#goesOn()) await this.#reconnection();
    }
    // What the recording does not end was deleted, or lost with the server.
    this.#posted.splice(0);
  }

  #goesOn(): boolean {
    return this.#lines.slice(this.#position).some((line) => line.kind === "_open" || line.kind === "http");
  }

  async #reconnection(): Promise<void> {
    const connected = new Promise((resolve) => this.#sockets.once("connection", resolve));
    for (const socket of this.#sockets.clients) socket.terminate();
    await connected;
  }

  /** A recorded answer with a result shows that the prompt was over, though no frame may have said so. */
  #noteEnds({ request, status, response }: CapturedExchange): void {
    const id = /^\/(?:history|api\/jobs)\/(.+)$/.exec(request.path)?.[1];
    if (id !== undefined && status === 200 && !isBusy(response)) this.#ended.add(id);
  }

  #playText(message: JsonObject): void {
    const data = message["data"];
    // The recorded greeting was ours to send; the others follow.
    if (isJsonObject(data) && "sid" in data) return;
    if (message["type"] === "executing" && isJsonObject(data) && data["node"] === null) {
      this.#ended.add(String(data["prompt_id"]));
    }
    this.#broadcast(stringifyJson(message));
  }

  #broadcast(frame: string | Buffer): void {
    if (this.#options.silent === true) return;
    for (const socket of this.#sockets.clients) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  }

  #queue(): JsonObject {
    const busy = this.#posted.filter((id) => !this.#ended.has(id)).map((id): JsonValue => [0, id, {}, {}, []]);
    return { queue_running: busy.slice(0, 1), queue_pending: busy.slice(1) };
  }

  #jobOf(response: ServerResponse, id: string): void {
    const recorded = this.#recorded(`/api/jobs/${id}`);
    if (this.#ended.has(id) && isJsonObject(recorded)) return reply(response, 200, recorded);
    if (this.#ended.has(id)) return reply(response, 200, jobFrom(this.#entryOf(id), id));
    if (!this.#posted.includes(id)) return reply(response, 404, { error: "Job not found" });
    reply(response, 200, { id, status: "in_progress", priority: 0, create_time: 0, outputs_count: 0 });
  }

  #historyOf(id: string): JsonObject {
    return { [id]: this.#entryOf(id) };
  }

  /** The recorded history entry, else one made of the recorded frames. */
  #entryOf(id: string): JsonObject {
    const recorded = this.#recorded(`/history/${id}`);
    const entry = isJsonObject(recorded) ? recorded[id] : undefined;
    return isJsonObject(entry) ? entry : entryFromFrames(this.#lines, id);
  }

  /** The last recorded answer to a GET of this path that has content. */
  #recorded(path: string): unknown {
    const line = this.#lines
      .filter((candidate) => candidate.kind === "http")
      .findLast(({ request, status, response }) => request.path === path && status === 200 && !isBusy(response));
    return line?.response;
  }
}

const greeting = '{"type":"status","data":{"status":{"exec_info":{"queue_remaining":0}},"sid":"replay"}}';

function isSubmission({ request }: CapturedExchange): boolean {
  return request.method === "POST" && request.path === "/prompt";
}

function isBusy(response: unknown): boolean {
  if (!isJsonObject(response)) return true;
  return Object.keys(response).length === 0 || ["pending", "in_progress"].includes(String(response["status"]));
}

function entryFromFrames(lines: CapturedLine[], id: string): JsonObject {
  const outputs: JsonObject = {};
  const messages: JsonValue[] = [];
  for (const line of lines) {
    const data = line.kind === "text" ? line.message["data"] : undefined;
    if (line.kind !== "text" || !isJsonObject(data) || data["prompt_id"] !== id) continue;
    const type = String(line.message["type"]);
    if (type === "executed") outputs[String(data["node"])] = data["output"] ?? null;
    if (type.startsWith("execution_") && "timestamp" in data) messages.push([type, data]);
  }
  const last = messages.at(-1);
  const isSuccess = Array.isArray(last) && last[0] === "execution_success";
  return { prompt: [], outputs, status: { status_str: isSuccess ? "success" : "error", completed: isSuccess, messages } };
}

function jobFrom(entry: JsonObject, id: string): JsonObject {
  const status = entry["status"];
  const isSuccess = isJsonObject(status) && status["status_str"] === "success";
  return { id, status: isSuccess ? "completed" : "failed", outputs: entry["outputs"] ?? {}, execution_status: status ?? {} };
}

/** Builds a frame anew: recordings keep the head of a picture and its length, not its bytes. */
function frameOf(binary: JsonObject): Buffer {
  const picture = Buffer.alloc(Number(binary["payload_length"] ?? 0));
  Buffer.from(String(binary["magic"] ?? ""), "hex").copy(picture);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(Number(binary["event"]), 0);
  if (binary["event"] === 1) {
    head.writeUInt32BE(Number(binary["image_type"]), 4);
    return Buffer.concat([head, picture]);
  }
  const extra = Buffer.from(binary["event"] === 4 ? stringifyJson(binary["metadata"]) : String(binary["node_id"]));
  head.writeUInt32BE(extra.length, 4);
  return Buffer.concat([head, extra, binary["event"] === 4 ? picture : Buffer.from(String(binary["text"]))]);
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const headers = body === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  response.writeHead(status, headers);
  response.end(body === undefined ? "" : typeof body === "string" ? body : stringifyJson(body));
}
