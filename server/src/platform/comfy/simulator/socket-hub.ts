import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { isJsonObject, type JsonObject, stringifyJson } from "#lib/json.ts";
import type { PreviewImage } from "./node-definition.ts";
import type { SimulatorFaults } from "./options.ts";

type Client = { socket: WebSocket; supportsMetadata: boolean };

export type HubHooks = {
  faults: () => SimulatorFaults;
  queueRemaining: () => number;
  /** The running prompt's submitter and node: told once to a client that comes back. */
  running: () => { clientId: string | undefined; nodeId: string | undefined } | undefined;
  features: () => JsonObject;
};

/** The sockets of a machine, by client id, with the real one's habits, bad ones included. */
export class SocketHub {
  readonly #hooks: HubHooks;
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #clients = new Map<string, Client>();
  readonly #all = new Set<WebSocket>();
  #sent = 0;

  constructor(hooks: HubHooks) {
    this.#hooks = hooks;
  }

  get size(): number {
    return this.#all.size;
  }

  accept(request: IncomingMessage, connection: Duplex, head: Buffer): void {
    if (this.#hooks.faults().refuseSockets === true) return void connection.destroy();
    const url = new URL(request.url ?? "/", "http://simulator");
    const clientId = url.searchParams.get("clientId") ?? randomUUID().replaceAll("-", "");
    this.#server.handleUpgrade(request, connection, head, (socket) => this.#welcome(socket, clientId));
  }

  #welcome(socket: WebSocket, clientId: string): void {
    const client: Client = { socket, supportsMetadata: false };
    this.#all.add(socket);
    this.#clients.set(clientId, client);
    // The real machine forgets the id here even when a newer socket has taken it: that one then hears nothing more.
    socket.on("close", () => {
      this.#all.delete(socket);
      this.#clients.delete(clientId);
    });
    socket.on("error", () => undefined);
    this.#write(client, { type: "status", data: { ...this.#status(), sid: clientId } });
    const running = this.#hooks.running();
    if (running?.clientId === clientId && running.nodeId !== undefined) {
      this.#write(client, { type: "executing", data: { node: running.nodeId } });
    }
    let isFirst = true;
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary || !isFirst) return;
      const message = parse(data.toString("utf8"));
      if (message === undefined) return;
      isFirst = false;
      if (message["type"] !== "feature_flags") return;
      const flags = message["data"];
      client.supportsMetadata = isJsonObject(flags) && flags["supports_preview_metadata"] === true;
      this.#write(client, { type: "feature_flags", data: this.#hooks.features() });
    });
  }

  /** Tells everybody how long the queue is. */
  status(): void {
    for (const client of this.#clients.values()) this.#write(client, { type: "status", data: this.#status() });
  }

  /** Tells the submitter; messages of a prompt without one go to nobody, or to everybody. */
  send(clientId: string | undefined, type: string, data: JsonObject, orEverybody = false): void {
    for (const client of this.#audience(clientId, orEverybody)) this.#write(client, { type, data });
  }

  preview(clientId: string | undefined, metadata: JsonObject, picture: PreviewImage, legacyOnly: boolean): void {
    for (const client of this.#audience(clientId, true)) {
      if (client.supportsMetadata === legacyOnly) continue;
      this.#writeBinary(client, client.supportsMetadata ? withMetadata(metadata, picture) : plain(picture));
    }
  }

  /** Cuts every connection without a closing handshake. */
  dropAll(): void {
    for (const socket of this.#all) socket.terminate();
  }

  #audience(clientId: string | undefined, orEverybody: boolean): Client[] {
    if (clientId === undefined) return orEverybody ? [...this.#clients.values()] : [];
    const client = this.#clients.get(clientId);
    return client === undefined ? [] : [client];
  }

  #status(): JsonObject {
    return { status: { exec_info: { queue_remaining: this.#hooks.queueRemaining() } } };
  }

  #write(client: Client, message: JsonObject): void {
    if (this.#mayWrite(client)) client.socket.send(stringifyJson(message));
  }

  #writeBinary(client: Client, frame: Buffer): void {
    if (this.#mayWrite(client)) client.socket.send(frame);
  }

  #mayWrite(client: Client): boolean {
    const { silentSockets, dropSocketsEvery } = this.#hooks.faults();
    if (silentSockets === true || client.socket.readyState !== WebSocket.OPEN) return false;
    this.#sent += 1;
    if (dropSocketsEvery === undefined || this.#sent % dropSocketsEvery !== 0) return true;
    this.dropAll();
    return false;
  }
}

function plain(picture: PreviewImage): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(picture.format === "png" ? 2 : 1, 4);
  return Buffer.concat([head, picture.image]);
}

function withMetadata(metadata: JsonObject, picture: PreviewImage): Buffer {
  const json = Buffer.from(JSON.stringify({ ...metadata, image_type: `image/${picture.format}` }));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(4, 0);
  head.writeUInt32BE(json.length, 4);
  return Buffer.concat([head, json, picture.image]);
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
