import { once } from "node:events";
import { WebSocket } from "ws";
import type { Config } from "#app/config.ts";
import { createApiServer } from "#app/server.ts";
import type { SocketLimits } from "#app/websocket.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";
import { createRateLimits } from "#platform/limits/rate-limits.ts";
import type { TestApp } from "#test/test-app.ts";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  data: any;
  errors: { message: string; path?: string[]; extensions: { code: string; correlationId?: string } }[] | undefined;
}

export interface ApiOptions {
  config?: Partial<Omit<Config, "limits">> & { limits?: Partial<Config["limits"]> };
  sockets?: Partial<SocketLimits>;
}

/** A second API server on a test app's parts, with its own limits, where the header x-viewer says who asks. */
export async function startApi(app: TestApp, options: ApiOptions = {}) {
  const { config } = app.deps;
  const viewers = new Map<string, Viewer | null>([["anonymous", null]]);
  const limits = { ...config.limits, ...options.config?.limits };
  const { queueBackend } = app.deps;
  const rateLimits = createRateLimits(limits, {
    redis: queueBackend.redis,
    onError: (error) => {
      throw error;
    },
  });
  const api = await createApiServer(
    { ...app.deps, config: { ...config, ...options.config, limits }, rateLimits },
    ({ headers }) => {
      const name = headers["x-viewer"];
      return Promise.resolve(typeof name === "string" ? (viewers.get(name) ?? null) : app.admin);
    },
    options.sockets,
  );
  const url = `http://127.0.0.1:${await api.listen(0, "127.0.0.1")}`;
  return {
    url,
    viewers,
    rateLimits,
    /** Waits until a figure of /metrics is so. */
    untilMetric: async (name: string, value: number): Promise<void> => {
      for (;;) {
        const text = await (await fetch(`${url}/metrics`)).text();
        if (text.split("\n").includes(`${name} ${value}`)) return;
      }
    },
    /** POSTs an operation. */
    post: async (query: string, variables?: object, headers: Record<string, string> = {}): Promise<Answer> => {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: stringifyJson({ query, variables }),
      });
      return answerOf(response);
    },
    socket: (headers: Record<string, string> = {}, init = true) =>
      openSocket(`${url.replace("http", "ws")}/graphql`, headers, init),
    retire: () => api.retire(),
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await rateLimits[Symbol.asyncDispose]();
    },
  };
}
export type Api = Awaited<ReturnType<typeof startApi>>;

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text.startsWith("{") ? (parseJson(text) as { data?: any; errors?: any }) : {};
  return { status: response.status, headers: response.headers, text, data: body.data, errors: body.errors };
}

export type Message = { type: string; id?: string; payload?: any };

/** A graphql-transport-ws client without any manners of its own, so that tests can be rude. */
export async function openSocket(url: string, headers: Record<string, string> = {}, init = true) {
  const socket = new WebSocket(url, "graphql-transport-ws", { headers });
  const waiting: Message[] = [];
  const raw: string[] = [];
  let wake: (() => void) | undefined;
  socket.on("message", (data: Buffer) => {
    raw.push(data.toString());
    waiting.push(parseJson(data.toString()) as Message);
    wake?.();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => {
      resolve({ code, reason: String(reason) });
      wake?.();
    });
  });
  socket.on("error", () => undefined);
  await Promise.race([once(socket, "open"), closed]);
  const client = {
    socket,
    raw,
    closed,
    send: (message: unknown) => socket.send(typeof message === "string" ? message : stringifyJson(message)),
    /** The next message. @throws when the socket closes first */
    next: async (): Promise<Message> => {
      while (waiting.length === 0) {
        if (socket.readyState === WebSocket.CLOSED) throw new Error("the socket is closed");
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return waiting.shift() as Message;
    },
    /** Messages that have arrived and were not read. */
    unread: () => waiting.splice(0),
    subscribe: (id: string, query: string, variables?: object) =>
      client.send({ id, type: "subscribe", payload: { query, variables } }),
    /** Runs an operation and gives its one result, or its refusal. */
    run: async (query: string, variables?: object, extra: object = {}): Promise<Pick<Answer, "data" | "errors">> => {
      client.send({ id: "run", type: "subscribe", payload: { query, variables, ...extra } });
      const message = await client.next();
      if (message.type === "error") return { data: undefined, errors: message.payload };
      const done = await client.next();
      if (done.type !== "complete") throw new Error(`expected complete, got ${done.type}`);
      return { data: message.payload.data, errors: message.payload.errors };
    },
    close: async () => {
      socket.close();
      await closed;
    },
  };
  if (init && socket.readyState === WebSocket.OPEN) {
    client.send({ type: "connection_init" });
    const message = await client.next();
    if (message.type !== "connection_ack") throw new Error(`expected connection_ack, got ${message.type}`);
  }
  return client;
}
export type Socket = Awaited<ReturnType<typeof openSocket>>;
