import type { Readable } from "node:stream";
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from "#lib/json.ts";
import { ComfyHttpError, ComfyMalformedAnswerError, ComfyValidationError } from "./errors.ts";
import { type ComfyJob, isItemOf, jobFromHistory, jobFromJobsRoute } from "./job-state.ts";
import type { ComfyFileEntry } from "./outputs.ts";
import {
  type ComfyAddress,
  type ComfyAnswer,
  type ComfyLogger,
  type ComfyRequest,
  ComfyTransport,
  describe,
  parseAnswer,
} from "./transport.ts";
import { type ComfyUpload, multipartBody } from "./upload.ts";
import { type ComfyNodeError, parseNodeErrors, parseRefusal } from "./validation-errors.ts";

export type ComfyClientOptions = ComfyAddress & {
  /** Time for a connection, and for each pause in an answer. Default 30 s. */
  requestTimeoutMs?: number;
  logger?: ComfyLogger;
};

export type ComfySubmission = {
  prompt: JsonObject;
  /** A UUID in lowercase: newer machines refuse anything else. A name, not an idempotency key. */
  promptId: string;
  /** The `clientId` of the socket that should hear of it. */
  clientId: string;
  extraData?: JsonObject;
};

export type ComfyAccepted = {
  promptId: string;
  number: number;
  /** Not empty when the machine dropped a part of the graph and runs the rest. */
  nodeErrors: ComfyNodeError[];
};

export type ComfyUploaded = {
  name: string;
  subfolder: string;
  type: string;
  /** What an image input of a graph takes: `subfolder/name`, with `[temp]` or `[output]` when not an input. */
  ref: string;
};

export type ComfyUserWorkflow = { name: string; bytes?: number; modifiedAt?: number };

type CallOptions = { signal?: AbortSignal };

/** The HTTP side of one ComfyUI machine. Every call throws a ComfyError or, when aborted, the signal's reason. */
export class ComfyClient {
  readonly address: ComfyAddress;
  readonly #transport: ComfyTransport;
  readonly #logger: ComfyLogger | undefined;
  /** Remembered once a machine has shown that it is too old for the routes under /api/jobs. */
  #lacksJobsRoute = false;
  #lacksCancelRoute = false;

  constructor(options: ComfyClientOptions) {
    this.address = options;
    this.#transport = new ComfyTransport(options, options.requestTimeoutMs ?? 30_000);
    this.#logger = options.logger;
  }

  async systemStats(options: CallOptions = {}): Promise<JsonObject> {
    return asObject(await this.#json({ method: "GET", path: "/system_stats", ...options }));
  }

  async features(options: CallOptions = {}): Promise<JsonObject> {
    return asObject(await this.#json({ method: "GET", path: "/features", ...options }));
  }

  /** Definitions of every node class, by class name: megabytes. */
  async objectInfo(options: CallOptions = {}): Promise<JsonObject> {
    return asObject(await this.#json({ method: "GET", path: "/object_info", ...options }));
  }

  /** File names in a model folder (`checkpoints`, `loras`, …); none when the machine has no such folder. */
  async models(folder: string, options: CallOptions = {}): Promise<string[]> {
    const request = { method: "GET", path: `/models/${encodeURIComponent(folder)}`, ...options } as const;
    const answer = await this.#transport.send(request);
    if (answer.status === 404) return [];
    const body = parseOk(request, answer);
    return Array.isArray(body) ? body.filter((name) => typeof name === "string") : [];
  }

  /**
   * Puts a graph into the machine's queue.
   * @throws ComfyValidationError when it was refused; ComfyUnreachableError when the answer was lost,
   *   in which case the prompt may have been accepted: look it up with `job(promptId)` before posting again.
   */
  async submit(submission: ComfySubmission, options: CallOptions = {}): Promise<ComfyAccepted> {
    const request: ComfyRequest = {
      method: "POST",
      path: "/prompt",
      headers: { "content-type": "application/json" },
      body: stringifyJson({
        prompt: submission.prompt,
        prompt_id: submission.promptId,
        client_id: submission.clientId,
        ...(submission.extraData === undefined ? {} : { extra_data: submission.extraData }),
      }),
      ...options,
    };
    const answer = await this.#transport.send(request);
    if (answer.status === 400) throw new ComfyValidationError(parseRefusal(tolerantJson(answer.text)));
    const body = parseOk(request, answer);
    if (!isJsonObject(body) || typeof body["prompt_id"] !== "string") {
      throw new ComfyMalformedAnswerError(describe(request), answer.text);
    }
    return {
      promptId: body["prompt_id"],
      number: Number(body["number"] ?? 0),
      nodeErrors: parseNodeErrors(body["node_errors"]),
    };
  }

  /** Looks a prompt up: one request, or two on machines without `/api/jobs/{id}` (before 0.5.1). */
  async job(promptId: string, options: CallOptions = {}): Promise<ComfyJob> {
    if (this.#lacksJobsRoute) return this.#jobFromQueueAndHistory(promptId, options);
    const request = { method: "GET", path: `/api/jobs/${encodeURIComponent(promptId)}`, ...options } as const;
    const answer = await this.#transport.send(request);
    if (answer.status === 200) {
      // The answer repeats the graph, whose seeds are not read here: the faster, lossy parser will do.
      const job = jobFromJobsRoute(fastJson(answer.text));
      if (job === undefined) throw new ComfyMalformedAnswerError(describe(request), answer.text);
      return job;
    }
    if (answer.status !== 404 && answer.status !== 405) {
      throw new ComfyHttpError(describe(request), answer.status, answer.text);
    }
    const body = fastJson(answer.text);
    if (isJsonObject(body) && "error" in body) return { state: "unknown" };
    // A 404 that is not this route's own JSON: the route is missing. Believed only when the old way works.
    const job = await this.#jobFromQueueAndHistory(promptId, options);
    this.#lacksJobsRoute = true;
    this.#logger?.debug({ baseUrl: this.address.baseUrl }, "machine has no /api/jobs; using queue and history");
    return job;
  }

  async queue(options: CallOptions = {}): Promise<{ running: JsonValue[]; pending: JsonValue[] }> {
    const request = { method: "GET", path: "/queue", ...options } as const;
    const body = asObject(await this.#json(request));
    const { queue_running: running, queue_pending: pending } = body;
    if (!Array.isArray(running) || !Array.isArray(pending)) {
      throw new ComfyMalformedAnswerError(describe(request), stringifyJson(body));
    }
    return { running, pending };
  }

  /** The history entry of a prompt, or undefined when the machine has none. */
  async history(promptId: string, options: CallOptions = {}): Promise<JsonObject | undefined> {
    const request = { method: "GET", path: `/history/${encodeURIComponent(promptId)}`, ...options } as const;
    const entry = asObject(await this.#json(request))[promptId];
    if (entry === undefined) return undefined;
    if (!isJsonObject(entry)) throw new ComfyMalformedAnswerError(describe(request), stringifyJson(entry));
    return entry;
  }

  /**
   * Asks the machine to drop or stop this prompt and no other.
   * @returns whether there was something to stop; it may still end as a success.
   */
  async cancel(promptId: string, options: CallOptions = {}): Promise<boolean> {
    if (!this.#lacksCancelRoute) {
      const path = `/api/jobs/${encodeURIComponent(promptId)}/cancel`;
      const request = { method: "POST", path, ...options } as const;
      const answer = await this.#transport.send(request);
      if (answer.status !== 404 && answer.status !== 405) {
        return asObject(parseOk(request, answer))["cancelled"] === true;
      }
      this.#lacksCancelRoute = true;
    }
    // Order matters: a prompt that leaves the pending list after the delete is then seen running.
    const wasPending = (await this.queue(options)).pending.some(isItemOf(promptId));
    await this.#post("/queue", { delete: [promptId] }, options);
    const isRunning = (await this.queue(options)).running.some(isItemOf(promptId));
    // Machines before 0.3.56 ignore the id and stop whatever runs: hence only while ours is what runs.
    if (isRunning) await this.#post("/interrupt", { prompt_id: promptId }, options);
    return wasPending || isRunning;
  }

  /** Stores a file on the machine. Use the returned name: the machine may have chosen another one. */
  async uploadImage(upload: ComfyUpload, options: CallOptions = {}): Promise<ComfyUploaded> {
    const request = { method: "POST", path: "/upload/image", ...multipartBody(upload), ...options } as const;
    const answer = await this.#transport.send(request);
    const body = parseOk(request, answer);
    if (!isJsonObject(body) || typeof body["name"] !== "string") {
      throw new ComfyMalformedAnswerError(describe(request), answer.text);
    }
    const subfolder = typeof body["subfolder"] === "string" ? body["subfolder"] : "";
    const type = typeof body["type"] === "string" ? body["type"] : "input";
    const path = subfolder === "" ? body["name"] : `${subfolder}/${body["name"]}`;
    return { name: body["name"], subfolder, type, ref: type === "input" ? path : `${path} [${type}]` };
  }

  /** Opens a file of the machine. The body must be read to its end or destroyed. */
  async view(
    entry: Pick<ComfyFileEntry, "filename" | "subfolder" | "type">,
    options: CallOptions = {},
  ): Promise<{ body: Readable; contentType: string; bytes?: number }> {
    const query = new URLSearchParams({ filename: entry.filename, subfolder: entry.subfolder, type: entry.type });
    const { headers, body } = await this.#transport.stream({ method: "GET", path: `/view?${query}`, ...options });
    const bytes = Number(headers["content-length"]);
    return {
      body,
      contentType: String(headers["content-type"] ?? "application/octet-stream"),
      ...(Number.isSafeInteger(bytes) && headers["content-length"] !== undefined ? { bytes } : {}),
    };
  }

  /** Workflow files that people saved on the machine; names are paths below its `workflows` folder. */
  async userWorkflows(options: CallOptions = {}): Promise<ComfyUserWorkflow[]> {
    const path = "/userdata?dir=workflows&recurse=true&full_info=true";
    const request = { method: "GET", path, ...options } as const;
    const answer = await this.#transport.send(request);
    if (answer.status === 404) return [];
    const body = parseOk(request, answer);
    return (Array.isArray(body) ? body : []).flatMap((item) => {
      if (typeof item === "string") return [{ name: item }];
      if (!isJsonObject(item) || typeof item["path"] !== "string") return [];
      const { size, modified } = item;
      return [
        {
          name: item["path"],
          ...(typeof size === "number" ? { bytes: size } : {}),
          ...(typeof modified === "number" ? { modifiedAt: modified } : {}),
        },
      ];
    });
  }

  async userWorkflow(name: string, options: CallOptions = {}): Promise<JsonValue> {
    return this.#json({ method: "GET", path: `/userdata/${encodeURIComponent(`workflows/${name}`)}`, ...options });
  }

  /** Unloads models and empties the machine's caches before its next prompt. */
  async free(options: CallOptions = {}): Promise<void> {
    await this.#post("/free", { unload_models: true, free_memory: true }, options);
  }

  /** Closes the connections; calls under way fail. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  /** Queue first: the other way round a prompt that ends in between would look unknown. */
  async #jobFromQueueAndHistory(promptId: string, options: CallOptions): Promise<ComfyJob> {
    const { running, pending } = await this.queue(options);
    if (running.some(isItemOf(promptId))) return { state: "running" };
    if (pending.some(isItemOf(promptId))) return { state: "pending" };
    const entry = await this.history(promptId, options);
    if (entry === undefined) return { state: "unknown" };
    const job = jobFromHistory(entry);
    if (job === undefined) throw new ComfyMalformedAnswerError("GET /history/{id}", stringifyJson(entry));
    return job;
  }

  async #json(request: ComfyRequest): Promise<JsonValue> {
    return parseOk(request, await this.#transport.send(request));
  }

  async #post(path: string, body: JsonObject, options: CallOptions): Promise<void> {
    const headers = { "content-type": "application/json" };
    const request = { method: "POST", path, headers, body: stringifyJson(body), ...options } as const;
    const answer = await this.#transport.send(request);
    if (answer.status !== 200) throw new ComfyHttpError(describe(request), answer.status, answer.text);
  }
}

function parseOk(request: ComfyRequest, answer: ComfyAnswer): JsonValue {
  if (answer.status !== 200) throw new ComfyHttpError(describe(request), answer.status, answer.text);
  return parseAnswer(describe(request), answer.text);
}

function asObject(value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  throw new ComfyMalformedAnswerError("answer", stringifyJson(value));
}

function tolerantJson(text: string): JsonValue {
  try {
    return parseAnswer("refusal", text);
  } catch {
    return { error: text.slice(0, 500) };
  }
}

/** JSON without care for large integers; undefined shapes and non-JSON become null. */
function fastJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
