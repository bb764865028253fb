import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from "#lib/json.ts";
import { hasCaptures, readExchange, readTranscript } from "../replay/captures.ts";
import { startSimulator, type Simulator } from "./simulator.ts";

const recorded = hasCaptures ? describe : describe.skip;

/** Keys and types of a value, at every level; lists by their first element. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  return value === null ? "null" : typeof value === "bigint" ? "number" : typeof value;
}

async function ask(simulator: Simulator, method: string, path: string, json?: unknown) {
  const response = await fetch(simulator.url + path, {
    method,
    ...(json === undefined || json === null ? {} : { body: stringifyJson(json) }),
  });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = parseJson(text);
  } catch {
    // Plain text, as recorded.
  }
  return { status: response.status, body };
}

function recordedErrors(value: unknown): string[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([id, node]) =>
    isJsonObject(node) && Array.isArray(node["errors"])
      ? node["errors"].map((error) => `${id} ${isJsonObject(error) ? String(error["type"]) : ""}`)
      : [],
  );
}

recorded("answers have the recorded shape", () => {
  test.each([
    "get_prompt",
    "get_queue",
    "get_features",
    "get_users",
    "get_extensions",
    "history_unknown_id",
    "history_max_items_bad",
    "job_unknown",
    "jobs_bad_status",
    "jobs_bad_sort",
    "jobs_bad_limit",
    "jobs_bad_limit_text",
    "jobs_without_api_prefix",
    "cancel_unknown",
    "cancel_batch_not_list",
    "cancel_batch_bad_id",
    "cancel_batch_unknown",
    "interrupt_no_body",
    "interrupt_with_id_not_running",
    "queue_delete_unknown",
    "queue_delete_not_list",
    "queue_clear",
    "free_unload",
    "free_no_body",
    "models_unknown",
    "object_info_unknown",
    "method_not_allowed",
    "unknown_route",
    "view_missing",
    "view_no_filename",
    "view_bad_type",
    "view_traversal",
    "view_subfolder_escape",
  ])("%s", async (name) => {
    await using simulator = await startSimulator({ stepMs: 0 });
    const { request, status, response } = readExchange("v0.33", name);
    const answer = await ask(simulator, request.method, request.path, request.json);
    expect(answer.status).toBe(status);
    // Empty bodies were recorded as a note about their length.
    if (isJsonObject(response) && "_binary" in response) expect(answer.body).toBe("");
    else expect(shape(answer.body)).toEqual(shape(response));
  });

  test("system_stats", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    const told = (await ask(simulator, "GET", "/system_stats")).body as JsonObject;
    const real = readExchange("v0.33", "get_system_stats").response as JsonObject;
    const keys = (stats: JsonObject) => Object.keys(stats["system"] as JsonObject);
    expect(keys(told)).toEqual(keys(real));
    const device = (stats: JsonObject) => Object.keys((stats["devices"] as JsonObject[])[0] ?? {});
    expect(device(told)).toEqual(device(real));
  });

  test.each(["KSampler", "CLIPTextEncode", "LoadImage", "SaveImage", "CheckpointLoaderSimple"])(
    "object_info of %s",
    async (name) => {
      await using simulator = await startSimulator({ stepMs: 0 });
      const told = ((await ask(simulator, "GET", `/object_info/${name}`)).body as JsonObject)[name] as JsonObject;
      const real = (readExchange("v0.33", `object_info_${name}`).response as JsonObject)[name] as JsonObject;
      const optional = new Set(["output_tooltips", "deprecated", "essentials_category"]);
      const keys = (node: JsonObject) => new Set(Object.keys(node).filter((key) => !optional.has(key)));
      expect(keys(told)).toEqual(keys(real));
      expect(told["input_order"]).toEqual(real["input_order"]);
      expect(told["output"]).toEqual(real["output"]);
      expect(told["output_name"]).toEqual(real["output_name"]);
    },
  );
});

recorded("graphs are refused as recorded", () => {
  test.each([
    "prompt_unknown_node",
    "prompt_missing_class_type",
    "prompt_missing_inputs_key",
    "prompt_missing_input",
    "prompt_missing_link",
    "prompt_value_too_big",
    "prompt_value_too_small",
    "prompt_value_not_in_list",
    "prompt_value_not_in_short_list",
    "prompt_wrong_type",
    "prompt_link_type_mismatch",
    "prompt_link_to_missing_node",
    "prompt_link_bad_slot",
    "prompt_link_bad_shape",
    "prompt_link_numeric_id",
    "prompt_cycle",
    "prompt_no_outputs",
    "prompt_empty",
    "prompt_no_prompt_key",
    "prompt_null",
    "prompt_list",
    "prompt_string",
    "prompt_node_not_object",
    "prompt_ui_format_sent_by_mistake",
    "prompt_json_array_body",
    "prompt_extra_data_null",
    "prompt_number_bad",
    "prompt_id_number",
    "prompt_id_strange",
    "prompt_id_empty",
    "prompt_id_uppercase_uuid",
    "prompt_id_uuid_without_hyphens",
    "prompt_bool_and_list_values",
    "prompt_text_two_element_list",
    "prompt_seed_too_big",
  ])("%s", async (name) => {
    await using simulator = await startSimulator({ stepMs: 0, acceptAnyModel: name !== "prompt_value_not_in_short_list" });
    const { request, status, response } = readExchange("v0.33", name);
    const answer = await ask(simulator, request.method, request.path, request.json);
    expect(answer.status).toBe(status);
    if (!isJsonObject(response) || !isJsonObject(answer.body)) return;
    expect(answer.body["error"]).toEqual(response["error"]);
    expect(recordedErrors(answer.body["node_errors"])).toEqual(recordedErrors(response["node_errors"]));
    if (recordedErrors(response["node_errors"]).length > 0) {
      const [id = ""] = Object.keys(response["node_errors"] as JsonObject);
      const told = (answer.body["node_errors"] as JsonObject)[id] as JsonObject;
      const real = (response["node_errors"] as JsonObject)[id] as JsonObject;
      expect(told["dependent_outputs"]).toEqual(real["dependent_outputs"]);
      const error = (node: JsonObject) => (node["errors"] as JsonObject[])[0] as JsonObject;
      expect(error(told)["message"]).toEqual(error(real)["message"]);
      expect(Object.keys(error(told)["extra_info"] as JsonObject)).toEqual(Object.keys(error(real)["extra_info"] as JsonObject));
    }
  });

  test.each([
    "prompt_ok",
    "prompt_ok_full_body",
    "prompt_numeric_strings_are_converted",
    "prompt_extra_unknown_input",
    "prompt_value_wrapper",
    "prompt_seed_float",
    "prompt_null_value",
    "prompt_id_uuid7_like",
    "prompt_id_null",
    "prompt_two_outputs_one_bad",
  ])("%s is accepted", async (name) => {
    await using simulator = await startSimulator({ stepMs: 0 });
    const { request, response } = readExchange("v0.33", name);
    const answer = await ask(simulator, request.method, request.path, request.json);
    expect(answer.status).toBe(200);
    expect(shape({ ...(answer.body as JsonObject), number: 0 })).toEqual(shape({ ...(response as JsonObject), number: 0 }));
  });
});

/** Types of the messages of one prompt, repeated ones once, with the keys of their data. */
function sequence(messages: JsonObject[]): string[] {
  const told = messages.map(({ type, data }) => `${String(type)}(${Object.keys(data as JsonObject).toSorted().join(",")})`);
  return told.filter((entry, index) => entry !== told[index - 1]);
}

recorded("a run is told like the recorded one", () => {
  test("a sampler with previews", async () => {
    await using simulator = await startSimulator({ stepMs: 1 });
    const lines = readTranscript("v0.33", "normal_run_ksampler");
    const submission = lines.find((line) => line.kind === "http");
    const real = lines.filter((line) => line.kind === "text").map(({ message }) => message);
    const { messages, previews } = await watch(simulator, submission?.request.json as JsonObject);
    const types = (all: JsonObject[]) => new Set(sequence(all));
    expect(types(messages)).toEqual(types(real));
    const ends = (all: JsonObject[]) => sequence(all).slice(-3);
    expect(ends(messages)).toEqual(ends(real));
    expect(previews.length).toBe(5);
    expect(previews[0]?.readUInt32BE(0)).toBe(4);
  });

  test("an identical graph is answered from the cache, with the old file", async () => {
    await using simulator = await startSimulator({ stepMs: 0 });
    const graph = {
      "1": { class_type: "EmptyImage", inputs: { width: 16, height: 16, batch_size: 1, color: 3 } },
      "2": { class_type: "SaveImage", inputs: { images: ["1", 0], filename_prefix: "probe/slow" } },
    };
    const first = await watch(simulator, { prompt: graph });
    const second = await watch(simulator, { prompt: graph });
    const file = (all: JsonObject[]) => all.find(({ type }) => type === "executed")?.["data"] as JsonObject;
    expect(file(second.messages)["output"]).toEqual(file(first.messages)["output"]);
    const lines = readTranscript("v0.33", "cached_rerun");
    const from = lines.findIndex((line) => line.kind === "note");
    const real = lines.slice(from).filter((line) => line.kind === "text").map(({ message }) => message);
    expect(sequence(second.messages).slice(-7)).toEqual(sequence(real).slice(-7));
  });

  test.each([
    ["history", "v0.33"],
    ["job", "v0.33"],
    ["job", "v0.8.0"],
  ] as const)("the %s entry of a finished prompt, %s", async (kind, version) => {
    await using simulator = await startSimulator({ stepMs: 0, version: version === "v0.33" ? "0.33" : "0.8" });
    const lines = readTranscript(version, "normal_run_ksampler");
    const submission = lines.find((line) => line.kind === "http");
    const path = kind === "job" ? "/api/jobs/" : "/history/";
    const real = lines.find((line) => line.kind === "http" && line.request.path.startsWith(path));
    const { promptId } = await watch(simulator, submission?.request.json as JsonObject);
    const { body } = await ask(simulator, "GET", `${path}${promptId}`);
    const entry = (answer: unknown) => (kind === "job" ? answer : Object.values(answer as JsonObject)[0]);
    const response = real?.kind === "http" ? real.response : undefined;
    expect(shape(entry(body))).toEqual(shape(entry(response)));
  });
});

/** Submits over HTTP and collects what the socket says until the end. */
async function watch(simulator: Simulator, body: JsonObject) {
  const clientId = randomUUID();
  const socket = new WebSocket(`${simulator.url.replace("http", "ws")}/ws?clientId=${clientId}`);
  const messages: JsonObject[] = [];
  const previews: Buffer[] = [];
  const ended = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) return void previews.push(data);
      const message = parseJson(data.toString()) as JsonObject;
      messages.push(message);
      const told = message["data"] as JsonObject;
      if (message["type"] === "executing" && told["node"] === null) resolve();
    });
  });
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send('{"type":"feature_flags","data":{"supports_preview_metadata":true}}');
  await new Promise((resolve) => socket.once("pong", resolve) && socket.ping());
  const answer = await ask(simulator, "POST", "/prompt", { ...body, client_id: clientId });
  await ended;
  socket.terminate();
  return { messages, previews, promptId: String((answer.body as JsonObject)["prompt_id"]) };
}
