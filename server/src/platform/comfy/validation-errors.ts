import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

export type ComfyInputError = {
  type: string;
  message: string;
  details: string;
  inputName?: string;
};

/** Everything the machine said about one node of a refused (or partly refused) graph. */
export type ComfyNodeError = {
  nodeId: string;
  classType: string;
  /** Output nodes that are not run because of it. */
  dependentOutputs: string[];
  errors: ComfyInputError[];
};

/** Reads `node_errors`; anything that is not an object of node errors counts as none. */
export function parseNodeErrors(value: JsonValue | undefined): ComfyNodeError[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([nodeId, entry]) => {
    if (!isJsonObject(entry)) return [];
    const outputs = Array.isArray(entry["dependent_outputs"]) ? entry["dependent_outputs"] : [];
    const errors = Array.isArray(entry["errors"]) ? entry["errors"] : [];
    return {
      nodeId,
      classType: text(entry["class_type"]),
      dependentOutputs: outputs.map(text),
      errors: errors.filter(isJsonObject).map(parseInputError),
    };
  });
}

/** Reads the body of a 400 answer to POST /prompt; a body of another shape becomes an untyped reason. */
export function parseRefusal(body: JsonValue): {
  type: string;
  message: string;
  details: string;
  nodeErrors: ComfyNodeError[];
} {
  const root: JsonObject = isJsonObject(body) ? body : {};
  const error = root["error"];
  const nodeErrors = parseNodeErrors(root["node_errors"]);
  if (isJsonObject(error)) {
    return {
      type: text(error["type"]) || "unknown",
      message: text(error["message"]) || "The machine refused the graph",
      details: text(error["details"]),
      nodeErrors,
    };
  }
  return {
    type: "unknown",
    message: typeof error === "string" && error !== "" ? error : "The machine refused the graph",
    details: "",
    nodeErrors,
  };
}

function parseInputError(error: JsonObject): ComfyInputError {
  const extra = error["extra_info"];
  const inputName = isJsonObject(extra) ? extra["input_name"] : undefined;
  return {
    type: text(error["type"]),
    message: text(error["message"]),
    details: text(error["details"]),
    ...(typeof inputName === "string" ? { inputName } : {}),
  };
}

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : String(value);
}
