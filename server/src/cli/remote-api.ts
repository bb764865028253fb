import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { Client } from "graphql-ws";
import { type Api, CommandError, failureOf, UnreachableError } from "#cli/api.ts";
import { parseJson, stringifyJson } from "#lib/json.ts";

/** How long a server that restarts is waited for while something is watched: about two minutes in all. */
const reconnects = 30;
const reconnectMs = { first: 250, most: 5_000 };

/**
 * The API over HTTP and graphql-ws.
 * @param base its address, without /graphql
 * @param key an API key, for a studio whose people sign in
 */
export function openRemoteApi(base: string, key?: string): Api {
  const credentials: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const url = new URL("/graphql", base);
  let socket: Promise<Client> | undefined;
  return {
    execute: async (document, variables) => {
      const response = await send(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/graphql-response+json, application/json",
          ...credentials,
        },
        body: stringifyJson({ query: document.toString(), variables }),
      });
      const text = await response.text();
      let answer: { data?: unknown; errors?: Parameters<typeof failureOf>[0] };
      try {
        answer = parseJson(text) as typeof answer;
      } catch {
        throw new CommandError(`What answers at ${base} is not Callsheet's API (HTTP ${response.status})`);
      }
      if (answer.errors?.length) throw failureOf(answer.errors);
      if (!answer.data) throw new CommandError(`What answers at ${base} is not Callsheet's API`);
      return answer.data as never;
    },
    subscribe: async function* (document, variables) {
      socket ??= openSocket(url, credentials);
      const results = (await socket).iterate({
        query: document.toString(),
        variables: variables as Record<string, unknown>,
      });
      try {
        for await (const { data, errors } of results) {
          if (errors?.length) throw failureOf(errors);
          yield data as never;
        }
      } catch (error) {
        throw asCommandError(error, base);
      }
    },
    put: async ({ url: path, headers, file, bytes }) => {
      const target = new URL(path, base);
      const response = await send(target, {
        method: "PUT",
        // The key goes to the API alone, wherever that sends the bytes.
        headers: {
          ...headers,
          ...(target.origin === new URL(base).origin ? credentials : {}),
          "content-length": String(bytes),
        },
        body: Readable.toWeb(createReadStream(file)) as RequestInit["body"],
        duplex: "half",
      } as RequestInit);
      if (response.ok) return;
      const { message } = (await response.json().catch(() => ({}))) as { message?: string };
      throw new CommandError(`${file}: ${message ?? `the upload failed with HTTP ${response.status}`}`);
    },
    [Symbol.asyncDispose]: async () => {
      await (await socket)?.dispose();
    },
  };
}

/** For what is watched. Most commands only ask, and are done before this would be loaded. */
async function openSocket(api: URL, credentials: Record<string, string>): Promise<Client> {
  const [{ createClient }, { WebSocket }] = await Promise.all([import("graphql-ws"), import("ws")]);
  const url = new URL(api);
  url.protocol = api.protocol === "https:" ? "wss:" : "ws:";
  return createClient({
    url: url.href,
    webSocketImpl: WebSocket,
    lazy: true,
    connectionParams: credentials,
    retryAttempts: reconnects,
    shouldRetry: () => true,
    retryWait: (tries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(reconnectMs.first * 2 ** tries, reconnectMs.most))),
  });
}

async function send(url: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    throw new UnreachableError(url.origin, error);
  }
}

/** graphql-ws throws the errors of an operation as a list, and the end of a connection as an event. */
function asCommandError(error: unknown, base: string): unknown {
  if (error instanceof CommandError) return error;
  if (Array.isArray(error)) return failureOf(error);
  if (typeof error === "object" && error !== null && "code" in error) {
    const { code, reason } = error as { code: number; reason?: string };
    return new CommandError(`The connection to ${base} has ended: ${reason || `code ${code}`}`);
  }
  return new UnreachableError(base, error);
}
