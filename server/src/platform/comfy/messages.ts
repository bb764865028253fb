import { isJsonObject, type JsonObject } from "#lib/json.ts";
import type { ComfyEvent, ComfyNodeProgress } from "./events.ts";
import { parseExecutionError } from "./execution-error.ts";
import { flattenOutputs } from "./outputs.ts";

/** What a frame means: something about a prompt, a sign of life (`status`), or nothing of interest. */
export type ComfyFrame = { promptId: string; event: ComfyEvent } | "status" | undefined;

/**
 * Reads a text frame. Unknown types, other shapes and text that is not JSON mean nothing.
 * Numbers are read fast and lossily: no seed travels over the socket.
 */
export function readTextFrame(text: string): ComfyFrame {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(message)) return undefined;
  if (message["type"] === "status") return "status";
  const data = message["data"];
  if (!isJsonObject(data) || typeof data["prompt_id"] !== "string") return undefined;
  const event = eventOf(message["type"], data);
  return event === undefined ? undefined : { promptId: data["prompt_id"], event };
}

function eventOf(type: unknown, data: JsonObject): ComfyEvent | undefined {
  switch (type) {
    case "execution_start":
      return { type: "started" };
    case "execution_cached": {
      const nodes = Array.isArray(data["nodes"]) ? data["nodes"] : [];
      return { type: "cached", nodeIds: nodes.filter((id) => typeof id === "string") };
    }
    case "executing":
      if (data["node"] === null) return { type: "end-hint" };
      return typeof data["node"] === "string" ? { type: "node", ...nodeIds(data["node"], data) } : undefined;
    case "progress":
      return progressOf(data);
    case "progress_state":
      return { type: "progress", nodes: nodeStates(data["nodes"]) };
    case "executed":
      return typeof data["node"] === "string" ? executedNode(data["node"], data) : undefined;
    case "execution_success":
      // Sent before the history entry is written.
      return { type: "succeeded-hint" };
    case "execution_error":
      // A blocked branch: the run goes on, and may end in success.
      if (data["exception_type"] === "ExecutionBlocked") return undefined;
      return { type: "error-hint", error: parseExecutionError(data, false) };
    case "execution_interrupted":
      return { type: "interrupted-hint" };
    default:
      return undefined;
  }
}

function executedNode(node: string, data: JsonObject): ComfyEvent {
  // Plain JSON, which our type of lossless JSON includes.
  const outputs = flattenOutputs({ [node]: data["output"] ?? null });
  return { type: "executed", ...nodeIds(node, data), outputs };
}

function progressOf(data: JsonObject): ComfyEvent | undefined {
  const { node, value, max } = data;
  if (typeof node !== "string" || typeof value !== "number" || typeof max !== "number") return undefined;
  return { type: "progress", nodes: [{ nodeId: node, displayNodeId: node, value, max, state: "running" }] };
}

function nodeStates(nodes: unknown): ComfyNodeProgress[] {
  if (!isJsonObject(nodes)) return [];
  return Object.entries(nodes).flatMap(([nodeId, node]) => {
    if (!isJsonObject(node)) return [];
    const { value, max, state, display_node_id: displayNodeId } = node;
    if (state !== "running" && state !== "finished" && state !== "error" && state !== "pending") return [];
    return {
      nodeId,
      displayNodeId: typeof displayNodeId === "string" ? displayNodeId : nodeId,
      value: typeof value === "number" ? value : 0,
      max: typeof max === "number" ? max : 1,
      state,
    };
  });
}

function nodeIds(node: string, data: JsonObject): { nodeId: string; displayNodeId: string } {
  const display = data["display_node"];
  return { nodeId: node, displayNodeId: typeof display === "string" ? display : node };
}

/** A preview picture; without `promptId` it belongs to whatever prompt runs (frames of kind 1). */
export type ComfyPreviewFrame = {
  promptId?: string;
  nodeId?: string;
  displayNodeId?: string;
  mime: string;
  image: Buffer;
};

const previewOnly = 1;
const previewWithMetadata = 4;

/** Reads a binary frame of kind 1 or 4; kind 3 (progress text without a prompt id) and unknown kinds mean nothing. */
export function readBinaryFrame(frame: Buffer): ComfyPreviewFrame | undefined {
  if (frame.length < 8) return undefined;
  const kind = frame.readUInt32BE(0);
  if (kind === previewOnly) {
    return { mime: frame.readUInt32BE(4) === 2 ? "image/png" : "image/jpeg", image: frame.subarray(8) };
  }
  if (kind !== previewWithMetadata) return undefined;
  const end = 8 + frame.readUInt32BE(4);
  if (end > frame.length) return undefined;
  let metadata: unknown;
  try {
    metadata = JSON.parse(frame.toString("utf8", 8, end));
  } catch {
    return undefined;
  }
  if (!isJsonObject(metadata)) return undefined;
  const { prompt_id: promptId, node_id: nodeId, display_node_id: displayNodeId, image_type: mime } = metadata;
  return {
    ...(typeof promptId === "string" ? { promptId } : {}),
    ...(typeof nodeId === "string" ? { nodeId } : {}),
    ...(typeof displayNodeId === "string" ? { displayNodeId } : {}),
    mime: typeof mime === "string" ? mime : "image/jpeg",
    image: frame.subarray(end),
  };
}
