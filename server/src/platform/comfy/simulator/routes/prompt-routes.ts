import { randomUUID } from "node:crypto";
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "#lib/json.ts";
import { type Answer, type Call, json, nothing, type Route, serverTrouble } from "../http.ts";
import type { Machine } from "../machine.ts";
import { itemAnswer } from "../prompt-queue.ts";
import { type Reason, reason } from "../reasons.ts";
import { validateGraph } from "../validate.ts";

const canonicalUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const secretKeys = ["api_key_comfy_org", "auth_token_comfy_org"];

/** Submitting, the queue, and stopping. */
export function promptRoutes(machine: Machine): Route[] {
  return [
    { method: "GET", path: "/prompt", handle: () => json({ exec_info: { queue_remaining: machine.queue.remaining } }) },
    { method: "POST", path: "/prompt", handle: (call) => submit(machine, call) },
    {
      method: "GET",
      path: "/queue",
      handle: () => {
        const { running, pending } = machine.queue;
        return json({
          queue_running: running === undefined ? [] : [itemAnswer(running)],
          queue_pending: pending.map(itemAnswer),
        });
      },
    },
    { method: "POST", path: "/queue", handle: (call) => changeQueue(machine, call) },
    { method: "POST", path: "/interrupt", handle: (call) => interrupt(machine, call) },
    {
      method: "POST",
      path: "/free",
      handle: async (call) => {
        const body = await jsonBody(call);
        if (!isJsonObject(body)) return serverTrouble;
        if (body["free_memory"] === true) machine.emptyCache();
        return nothing;
      },
    },
  ];
}

async function submit(machine: Machine, call: Call): Promise<Answer> {
  const body = await jsonBody(call);
  if (body === undefined) return serverTrouble;
  if (!isJsonObject(body) || !("prompt" in body)) return refusal(reason("no_prompt", "No prompt provided", "No prompt provided"));
  const { prompt: graph, extra_data: extra = {}, number, partial_execution_targets: targets } = body;
  if (!isJsonObject(graph) || !Object.values(graph).every(isJsonObject) || !isJsonObject(extra)) return serverTrouble;
  if (number !== undefined && typeof number !== "number") return serverTrouble;
  const promptId = promptIdOf(machine, body);
  if (typeof promptId !== "string") return refusal(promptId);
  const place = machine.queue.takeNumber(number, body["front"] === true);
  const verdict = validateGraph(graph, Array.isArray(targets) ? targets.map(String) : undefined, {
    definitions: machine.definitions,
    store: machine.store,
    models: machine.models,
    acceptAnyModel: machine.options.acceptAnyModel ?? true,
    missingNodeType: machine.version === "0.33" ? "missing_node_type" : "invalid_prompt",
  });
  if (!verdict.ok) return refusal(verdict.error, verdict.nodeErrors);
  const clientId = typeof body["client_id"] === "string" ? body["client_id"] : undefined;
  machine.submit({
    number: place,
    promptId,
    graph,
    extraData: publicData(extra, clientId),
    outputs: verdict.outputs,
    clientId,
  });
  return json({ prompt_id: promptId, number: place, node_errors: verdict.nodeErrors });
}

function promptIdOf(machine: Machine, body: JsonObject): string | Reason {
  if (!("prompt_id" in body)) return randomUUID();
  const given = body["prompt_id"];
  if (given === null) return "None";
  if (machine.version !== "0.33") return String(given);
  if (typeof given === "string" && canonicalUuid.test(given)) return given;
  return reason(
    "invalid_prompt_id",
    "prompt_id must be a valid UUID",
    "prompt_id must be a UUID string in canonical lowercase hyphenated form; omit it to let the server generate one",
  );
}

function publicData(extra: JsonObject, clientId: string | undefined): JsonObject {
  const kept = Object.entries(extra).filter(([key]) => !secretKeys.includes(key));
  const client = clientId === undefined ? {} : { client_id: clientId };
  return { ...Object.fromEntries(kept), ...client, create_time: Date.now() };
}

function refusal(error: Reason, nodeErrors: object = {}): Answer {
  return json({ error, node_errors: nodeErrors }, 400);
}

async function changeQueue(machine: Machine, call: Call): Promise<Answer> {
  const body = await jsonBody(call);
  if (!isJsonObject(body)) return serverTrouble;
  if (body["clear"] === true) {
    machine.queue.clearPending();
    machine.hub.status();
  }
  const ids = body["delete"];
  // A text in place of a list is walked letter by letter by the real machine: nothing happens.
  for (const id of Array.isArray(ids) ? ids : []) machine.cancelPending(String(id));
  return nothing;
}

async function interrupt(machine: Machine, call: Call): Promise<Answer> {
  const body = (await jsonBody(call)) ?? {};
  if (Array.isArray(body)) return serverTrouble;
  const promptId = isJsonObject(body) ? body["prompt_id"] : undefined;
  machine.interrupt(typeof promptId === "string" ? promptId : undefined);
  return nothing;
}

/** The body as JSON; undefined when it is not. */
export async function jsonBody(call: Call): Promise<JsonValue | undefined> {
  try {
    return parseJson((await call.body()).toString("utf8"));
  } catch {
    return undefined;
  }
}
