import { Readable } from "node:stream";
import { Pool } from "undici";
import { traced, traceHeaders } from "#platform/tracing/tracing.ts";
import { type JsonValue, parseJson } from "#lib/json.ts";
import { ComfyHttpError, ComfyMalformedAnswerError, ComfyUnreachableError } from "./errors.ts";

/** How to reach a machine, over HTTP and by the socket alike. */
export type ComfyAddress = {
  /** e.g. `http://10.0.0.5:8188`; a path is kept as a prefix of every route. */
  baseUrl: string;
  /** Sent as a bearer token, for machines behind a gateway. */
  apiKey?: string;
  headers?: Record<string, string>;
};

export type ComfyLogger = {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
};

export type ComfyRequest = {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer | Readable;
  signal?: AbortSignal;
};

export type ComfyAnswer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
};

/** Errors of a connection that was never made: the request cannot have had an effect. */
const neverSentCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
/** What a kept-alive connection that the machine closed meanwhile looks like. */
const staleConnectionCodes = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

export function addressHeaders(address: ComfyAddress): Record<string, string> {
  return {
    ...(address.apiKey === undefined ? {} : { authorization: `Bearer ${address.apiKey}` }),
    ...address.headers,
  };
}

/** A pool of kept-alive connections to one machine; turns every network trouble into a named error. */
export class ComfyTransport {
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #headers: Record<string, string>;
  readonly #host: string;

  constructor(address: ComfyAddress, requestTimeoutMs: number) {
    const url = new URL(address.baseUrl);
    this.#prefix = url.pathname.replace(/\/+$/, "");
    this.#headers = addressHeaders(address);
    this.#host = url.host;
    this.#pool = new Pool(url.origin, {
      connections: 8,
      headersTimeout: requestTimeoutMs,
      bodyTimeout: requestTimeoutMs,
      connect: { timeout: Math.min(requestTimeoutMs, 10_000) },
    });
  }

  /**
   * Sends a request and reads the whole answer, whatever its status.
   * A GET that met a stale connection is sent once more.
   * @throws ComfyUnreachableError
   */
  async send(request: ComfyRequest): Promise<ComfyAnswer> {
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      const stale = error instanceof ComfyUnreachableError && staleConnectionCodes.has(error.code);
      if (request.method !== "GET" || !stale) throw error;
      return await this.#sendOnce(request);
    }
  }

  /**
   * Sends a request and hands over the body as a stream, to be read to its end or destroyed by the caller.
   * @throws ComfyHttpError for any status but 200.
   */
  async stream(request: ComfyRequest): Promise<{ headers: ComfyAnswer["headers"]; body: Readable }> {
    const what = describe(request);
    const answer = await this.#open(request);
    if (answer.statusCode === 200) return { headers: answer.headers, body: guarded(request, answer.body) };
    const text = await answer.body.text().catch(() => "");
    throw new ComfyHttpError(what, answer.statusCode, text);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #sendOnce(request: ComfyRequest): Promise<ComfyAnswer> {
    const answer = await this.#open(request);
    try {
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
    } catch (error) {
      throw unreachable(request, error);
    }
  }

  #open(request: ComfyRequest) {
    const { method } = request;
    const attributes = { "http.request.method": method, "server.address": this.#host };
    return traced(`${method} ${routeOf(request)}`, { kind: "client", attributes }, async (span) => {
      try {
        const answer = await this.#pool.request({
          method,
          path: this.#prefix + request.path,
          headers: { ...this.#headers, ...traceHeaders(), ...request.headers },
          body: request.body ?? null,
          signal: request.signal ?? null,
        });
        span.setAttribute("http.response.status_code", answer.statusCode);
        return answer;
      } catch (error) {
        throw unreachable(request, error);
      }
    });
  }
}

/** @throws ComfyMalformedAnswerError */
export function parseAnswer(what: string, text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ComfyMalformedAnswerError(what, text, error);
  }
}

export function describe(request: ComfyRequest): string {
  return `${request.method} ${request.path.split("?", 1)[0] ?? ""}`;
}

/** The path without ids, which would make a name of its own for each request. */
function routeOf(request: ComfyRequest): string {
  return (request.path.split("?", 1)[0] ?? "").replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "{id}");
}

/** The same bytes; a connection that breaks in the middle shows as the error that it is everywhere else. */
function guarded(request: ComfyRequest, body: Readable): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      yield* body as AsyncIterable<Buffer>;
    } catch (error) {
      throw unreachable(request, error);
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}

function unreachable(request: ComfyRequest, error: unknown): unknown {
  if (request.signal?.aborted === true) return request.signal.reason;
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  const code = (cause as { code?: unknown } | undefined)?.code;
  const name = typeof code === "string" ? code : "UNKNOWN";
  // A request that could not even be built is a mistake of ours, not of the machine.
  if (name === "UND_ERR_INVALID_ARG") return error;
  return new ComfyUnreachableError(describe(request), {
    code: name,
    neverSent: neverSentCodes.has(name),
    cause: error,
  });
}
