import { randomUUID } from "node:crypto";
import { makeServer, MessageType, type ServerOptions } from "graphql-ws";
import type { FormattedExecutionResult } from "graphql";
import type { WebSocket } from "ws";
import type { Log } from "#platform/log/log.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";

/** A connection that does not answer a ping within this time is taken for dead. */
const pingIntervalMs = 12_000;
/** Stands in graphql-ws's own text of a frame for the payload that is written already. */
const placeholder = randomUUID();
const clientMessages = new Set<unknown>([
  MessageType.ConnectionInit,
  MessageType.Ping,
  MessageType.Pong,
  MessageType.Subscribe,
  MessageType.Complete,
]);

/** A result as text, with large integers exact: graphql-ws writes frames with JSON.stringify, which has no bigint. */
class WrittenPayload {
  /** The payload of the frame that is being written: between toJSON and send nothing else can run. */
  static inHand: string | undefined;
  /** Several subscribers get one result. */
  static readonly #texts = new WeakMap<object, string>();
  readonly #text: string;

  constructor(result: object) {
    let text = WrittenPayload.#texts.get(result);
    if (text === undefined) WrittenPayload.#texts.set(result, (text = stringifyJson(result)));
    this.#text = text;
  }

  toJSON(): string {
    WrittenPayload.inHand = this.#text;
    return placeholder;
  }
}

/** For `onNext`: the payload of the frame to send. */
export function writePayload(result: object): FormattedExecutionResult {
  return new WrittenPayload(result) as FormattedExecutionResult;
}

/**
 * Speaks graphql-transport-ws on sockets. As graphql-ws's own adapter for ws, but integers beyond 2^53 stay exact in both
 * directions, and unexpected errors go to the log and not to the client.
 */
export function createGraphqlSockets<Extra extends { socket: WebSocket }>(
  options: ServerOptions<Record<string, unknown>, Extra>,
  log: Log,
) {
  const server = makeServer<Record<string, unknown>, Extra>(options);
  return {
    open(extra: Extra): void {
      const { socket } = extra;
      const stopPinging = keepAlive(socket);
      socket.on("error", (error) => log.debug({ err: error }, "websocket"));
      const closed = server.opened(
        {
          protocol: socket.protocol,
          send: (data) => send(socket, data),
          close: (code, reason) => socket.close(code, reason),
          onMessage: (handle) =>
            socket.on("message", (data: Buffer) => {
              handle(readMessage(String(data))).catch((error: unknown) => {
                log.error({ err: error }, "websocket message");
                socket.close(4500, "Internal server error");
              });
            }),
        },
        extra,
      );
      socket.once("close", (code, reason) => {
        stopPinging();
        closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, "closing a websocket"));
      });
    },
  };
}

function send(socket: WebSocket, data: string): Promise<void> {
  const payload = WrittenPayload.inHand;
  WrittenPayload.inHand = undefined;
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  const frame = payload === undefined ? data : data.replace(`"${placeholder}"`, () => payload);
  // A failed write means that the socket is closing, which ends its operations.
  return new Promise((resolve) => socket.send(frame, () => resolve()));
}

/** graphql-ws takes messages that are parsed already; what it can't take, it closes the socket for, with 4400. */
function readMessage(text: string): string {
  try {
    const message = parseJson(text);
    const isKnown =
      typeof message === "object" && message !== null && "type" in message && clientMessages.has(message.type);
    return isKnown ? (message as unknown as string) : "";
  } catch {
    return "";
  }
}

function keepAlive(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on("pong", () => (isAlive = true));
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingIntervalMs);
  return () => clearInterval(timer);
}
