import type { Readable } from "node:stream";
import { Pool } from "undici";
import { type JsonValue, parseJson } from "#lib/json.ts";
import { ComfyHttpError, ComfyMalformedAnswerError, ComfyUnreachableError } from "./errors.ts";

/** How to reach a machine: shared by the HTTP client and the socket. */
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

  constructor(address: ComfyAddress, requestTimeoutMs: number) {
    const url = new URL(address.baseUrl);
    this.#prefix = url.pathname.replace(/\/+$/, "");
    this.#headers = addressHeaders(address);
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
    if (answer.statusCode === 200) return { headers: answer.headers, body: answer.body };
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

  async #open(request: ComfyRequest) {
    try {
      return await this.#pool.request({
        method: request.method,
        path: this.#prefix + request.path,
        headers: { ...this.#headers, ...request.headers },
        body: request.body ?? null,
        signal: request.signal ?? null,
      });
    } catch (error) {
      throw unreachable(request, error);
    }
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

function unreachable(request: ComfyRequest, error: unknown): unknown {
  if (request.signal?.aborted === true) return request.signal.reason;
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  const code = (cause as { code?: unknown } | undefined)?.code;
  const name = typeof code === "string" ? code : "UNKNOWN";
  return new ComfyUnreachableError(describe(request), { code: name, neverSent: neverSentCodes.has(name), cause: error });
}
