import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { ComfyUnreachableError } from "./errors.ts";
import type { ComfyEvent, ComfyListener } from "./events.ts";
import { readBinaryFrame, readTextFrame } from "./messages.ts";
import { addressHeaders, type ComfyAddress, type ComfyLogger } from "./transport.ts";

export type ComfySocketOptions = ComfyAddress & {
  logger?: ComfyLogger;
  /** Between pings; a ping without a pong by the next one means a dead link. Default 10 s. */
  pingMs?: number;
  /** Told when a connection that had broken, or was not there at first, is open again. */
  onReconnected?: () => void;
  /** First delay before connecting again; doubles up to 10 s. Default 100 ms. */
  reconnectMs?: number;
};

type Registration = {
  listener: ComfyListener | undefined;
  /** Events that came before there was a listener. */
  waiting: ComfyEvent[];
  since: number;
};

const helloTimeoutMs = 1_000;
const connectTimeoutMs = 10_000;
const maxReconnectMs = 10_000;
const maxWaiting = 1_000;

/**
 * The live channel to one machine, one per worker process. It only makes things faster: events may be lost at any time,
 * which `disconnected` and `gap` tell, so an end that was not heard whole is confirmed by asking.
 *
 * The machine sends the events of a prompt to the clientId that submitted it and never repeats them. A second
 * connection under a clientId whose first one is still open goes deaf when the first one closes. Hence: while a
 * prompt is registered the clientId stays, and the old connection is destroyed before a new one is made; with
 * nothing registered every connection gets a fresh clientId, which cannot be deaf.
 */
export class ComfySocket {
  readonly #options: ComfySocketOptions;
  readonly #registrations = new Map<string, Registration>();
  #clientId: string = randomUUID();
  #connection: WebSocket | undefined;
  #state: "connecting" | "open" | "waiting" | "closed" = "waiting";
  readonly #waiters = new Set<{ resolve: () => void; reject: (error: Error) => void }>();
  #attempts = 0;
  #reconnectTimer: NodeJS.Timeout | undefined;
  #lastStatusAt = 0;
  /** The prompt that runs, for previews that do not say whose they are. */
  #runningPromptId: string | undefined;

  constructor(options: ComfySocketOptions) {
    this.#options = options;
    this.#connect();
  }

  /** The id to submit prompts with; read it after `register`, which pins it. */
  get clientId(): string {
    return this.#clientId;
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  /**
   * When the machine last sent `status`, which it does to every socket on every accepted prompt; 0 for never.
   * Like `registeredAt`, by `performance.now()`: the two are compared, and clocks jump.
   */
  get lastStatusAt(): number {
    return this.#lastStatusAt;
  }

  /**
   * Resolves once the connection is open and the machine has greeted it.
   * @throws ComfyUnreachableError after the timeout; connecting goes on all the same.
   */
  async ready(timeoutMs = connectTimeoutMs): Promise<void> {
    if (this.#state === "open") return;
    if (this.#state === "closed") throw unreachable("CLOSED");
    await new Promise<void>((resolve, reject) => {
      const settle = (action: () => void) => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        action();
      };
      const waiter = { resolve: () => settle(resolve), reject: (error: Error) => settle(() => reject(error)) };
      const timer = setTimeout(() => waiter.reject(unreachable("SOCKET_TIMEOUT")), timeoutMs);
      this.#waiters.add(waiter);
    });
  }

  /**
   * Starts to collect the events of a prompt: to be called before the prompt is posted.
   * Without a listener they are kept, and handed to the listener of a later call in their order.
   */
  register(promptId: string, listener?: ComfyListener): void {
    const registration = this.#registrations.get(promptId);
    if (registration === undefined) {
      this.#registrations.set(promptId, { listener, waiting: [], since: performance.now() });
      return;
    }
    registration.listener = listener;
    if (listener === undefined) return;
    const waiting = registration.waiting.splice(0);
    for (const event of waiting) listener(event);
  }

  /** When this prompt was first registered, if it is, by `performance.now()`. */
  registeredAt(promptId: string): number | undefined {
    return this.#registrations.get(promptId)?.since;
  }

  unregister(promptId: string): void {
    this.#registrations.delete(promptId);
  }

  /** Drops the connection and makes a new one: for a caller who knows that this one has gone deaf. */
  reconnect(reason: string): void {
    if (this.#state !== "open") return;
    this.#options.logger?.warn({ baseUrl: this.#options.baseUrl, reason }, "comfy socket is being replaced");
    this.#lost();
    this.#connection?.terminate();
  }

  async close(): Promise<void> {
    if (this.#state === "closed") return;
    this.#state = "closed";
    clearTimeout(this.#reconnectTimer);
    this.#registrations.clear();
    for (const waiter of this.#waiters) waiter.reject(unreachable("CLOSED"));
    const connection = this.#connection;
    if (connection === undefined || connection.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      connection.once("close", () => resolve());
      connection.terminate();
    });
  }

  #connect(): void {
    if (this.#registrations.size === 0) this.#clientId = randomUUID();
    this.#broadcast({ type: "gap" });
    this.#state = "connecting";
    const connection = new WebSocket(socketUrl(this.#options.baseUrl, this.#clientId), {
      headers: addressHeaders(this.#options),
      perMessageDeflate: false,
      handshakeTimeout: connectTimeoutMs,
      maxPayload: 0,
    });
    this.#connection = connection;
    let hello: NodeJS.Timeout | undefined;
    let pings: NodeJS.Timeout | undefined;
    connection.on("open", () => {
      // Understood by the machine only as the very first frame.
      connection.send('{"type":"feature_flags","data":{"supports_preview_metadata":true}}');
      pings = this.#keepAlive(connection);
      // The greeting proves that the machine has registered this connection; a gateway might swallow it.
      hello = setTimeout(() => this.#opened(connection), helloTimeoutMs);
    });
    connection.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.#onBinary(data);
      else this.#onText(data.toString("utf8"), connection);
    });
    connection.on("error", (error) => {
      this.#options.logger?.debug({ baseUrl: this.#options.baseUrl, error: error.message }, "comfy socket error");
    });
    connection.on("close", () => {
      clearTimeout(hello);
      clearInterval(pings);
      this.#closed();
    });
  }

  #opened(connection: WebSocket): void {
    if (this.#state !== "connecting" || this.#connection !== connection) return;
    this.#state = "open";
    for (const waiter of this.#waiters) waiter.resolve();
    const isReconnect = this.#attempts > 0;
    this.#attempts = 0;
    if (!isReconnect) return;
    this.#broadcast({ type: "reconnected" });
    this.#options.onReconnected?.();
  }

  #lost(): void {
    const wasOpen = this.#state === "open";
    this.#state = "waiting";
    this.#runningPromptId = undefined;
    if (wasOpen) this.#broadcast({ type: "disconnected" });
  }

  /** Runs after the old connection is gone for good, so a new one under the same clientId is safe. */
  #closed(): void {
    if (this.#state === "closed") return;
    this.#lost();
    const first = this.#options.reconnectMs ?? 100;
    const delay = Math.min(first * 2 ** this.#attempts, maxReconnectMs) * (0.5 + Math.random() / 2);
    this.#attempts += 1;
    this.#reconnectTimer = setTimeout(() => this.#connect(), delay);
  }

  #keepAlive(connection: WebSocket): NodeJS.Timeout {
    let isAlive = true;
    connection.on("pong", () => {
      isAlive = true;
    });
    return setInterval(() => {
      if (!isAlive) return connection.terminate();
      isAlive = false;
      connection.ping();
    }, this.#options.pingMs ?? 10_000);
  }

  #onText(text: string, connection: WebSocket): void {
    const frame = readTextFrame(text);
    if (frame === undefined) return;
    if (frame === "status") {
      this.#lastStatusAt = performance.now();
      this.#opened(connection);
      return;
    }
    this.#runningPromptId = frame.promptId;
    this.#deliver(frame.promptId, frame.event);
  }

  #onBinary(data: Buffer): void {
    const preview = readBinaryFrame(data);
    const promptId = preview?.promptId ?? this.#runningPromptId;
    if (preview === undefined || promptId === undefined) return;
    const { promptId: _, ...picture } = preview;
    this.#deliver(promptId, { type: "preview", ...picture });
  }

  #deliver(promptId: string, event: ComfyEvent): void {
    const registration = this.#registrations.get(promptId);
    if (registration === undefined) return;
    if (registration.listener !== undefined) return registration.listener(event);
    registration.waiting.push(event);
    if (registration.waiting.length > maxWaiting) registration.waiting.splice(0, 2, { type: "gap" });
  }

  #broadcast(event: ComfyEvent): void {
    for (const promptId of Array.from(this.#registrations.keys())) this.#deliver(promptId, event);
  }
}

function socketUrl(baseUrl: string, clientId: string): string {
  const url = new URL(baseUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/ws`;
  url.searchParams.set("clientId", clientId);
  return url.href;
}

function unreachable(code: string): ComfyUnreachableError {
  return new ComfyUnreachableError("socket", { code, neverSent: true });
}
