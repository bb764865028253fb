import type { ComfyExecutionError } from "./execution-error.ts";
import type { ComfyFileEntry } from "./outputs.ts";

export type ComfyNodeProgress = {
  nodeId: string;
  /** The node of the submitted graph that this one was expanded from, or itself. */
  displayNodeId: string;
  value: number;
  max: number;
  state: "running" | "finished" | "error" | "pending";
};

export type ComfyPreview = {
  nodeId?: string;
  displayNodeId?: string;
  mime: "image/jpeg" | "image/png" | (string & {});
  image: Buffer;
};

/**
 * What the socket tells about one prompt. Nothing here is the end: `*-hint` events say that looking is worth it.
 * Only an `end-hint` with `historyReady` guarantees that the machine can already answer with the result.
 */
export type ComfyEvent =
  | { type: "started" }
  | { type: "cached"; nodeIds: string[] }
  | { type: "node"; nodeId: string; displayNodeId: string }
  | { type: "progress"; nodes: ComfyNodeProgress[] }
  | { type: "executed"; nodeId: string; displayNodeId: string; files: ComfyFileEntry[] }
  | ({ type: "preview" } & ComfyPreview)
  | { type: "end-hint"; historyReady: boolean }
  | { type: "error-hint"; error: ComfyExecutionError }
  | { type: "interrupted-hint" }
  | { type: "disconnected" }
  | { type: "reconnected" };

export type ComfyListener = (event: ComfyEvent) => void;
