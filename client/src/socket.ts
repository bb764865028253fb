import { type Client, type ClientOptions as SocketOptions, createClient } from "graphql-ws";
import { type ApiError, CallsheetError, RequestError, UnreachableError } from "./errors.ts";
import { credentialsOf } from "./http.ts";
import type { ClientOptions } from "./options.ts";

const firstReconnectMs = 250;
const longestReconnectMs = 5_000;
/** The credentials were not accepted, or are no longer: opening it again changes nothing. */
const refusedFor = new Set([4401, 4403]);
/** They are accepted, and what they may see is another now: also told with 4403. */
const accessChanged = "Access has changed";
type Ending = { code: number; reason: string };
const isRefusal = ({ code, reason }: Partial<Ending>): boolean => refusedFor.has(code ?? 0) && reason !== accessChanged;
const unauthenticated = { code: "UNAUTHENTICATED" } as const;

/** One WebSocket for all subscriptions, opened by the first and opened again when it is lost. */
export function createSocket(api: URL, options: ClientOptions) {
  const url = new URL(api);
  url.protocol = api.protocol === "https:" ? "wss:" : "ws:";
  let opening: Promise<Client> | undefined;

  const open = async (): Promise<Client> =>
    createClient({
      url: url.href,
      webSocketImpl:
        options.webSocket ?? (globalThis as { WebSocket?: unknown }).WebSocket ?? (await webSocketOfNode()),
      connectionParams: credentialsOf(options),
      retryAttempts: options.reconnects ?? 30,
      shouldRetry: (event) => !isRefusal(event as Partial<Ending>),
      retryWait: (tries) =>
        new Promise((resolve) => {
          setTimeout(resolve, Math.min(firstReconnectMs * 2 ** tries, longestReconnectMs));
        }),
    } satisfies SocketOptions);

  return {
    async *subscribe(query: string, variables: unknown, signal: AbortSignal | undefined): AsyncGenerator {
      opening ??= open();
      const client = await opening;
      signal?.throwIfAborted();
      const results = client.iterate({ query, variables: variables as Record<string, unknown> });
      const stop = (): void => void results.return?.();
      signal?.addEventListener("abort", stop, { once: true });
      try {
        for await (const { data, errors } of results) {
          if (errors?.length) throw new RequestError(errors);
          yield data;
        }
        signal?.throwIfAborted();
      } catch (error) {
        throw signal?.aborted ? signal.reason : readable(error, api);
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },
    close: async (): Promise<void> => {
      if (opening) await (await opening).dispose();
    },
  };
}

async function webSocketOfNode(): Promise<unknown> {
  try {
    return (await import("ws")).WebSocket;
  } catch (error) {
    throw new CallsheetError("This platform has no WebSocket: install the package ws, or give one as webSocket.", {
      cause: error,
    });
  }
}

/** graphql-ws throws the errors of an operation as a list, and the end of a connection as an event. */
function readable(error: unknown, { origin }: URL): unknown {
  if (error instanceof CallsheetError) return error;
  if (Array.isArray(error)) return new RequestError(error as ApiError[]);
  if (typeof error === "object" && error !== null && "code" in error) {
    const { code, reason } = error as Ending;
    if (isRefusal({ code, reason }))
      return new RequestError([{ message: reason || "Sign in first.", extensions: unauthenticated }]);
    return new UnreachableError(`The connection to ${origin} has ended: ${reason || `code ${code}`}`, { cause: error });
  }
  return new UnreachableError(`The connection to ${origin} has ended`, { cause: error });
}
