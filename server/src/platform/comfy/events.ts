import type { ComfyExecutionError } from "./execution-error.ts";
import type { ComfyOutputs } from "./outputs.ts";

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
 * What the socket tells about one prompt. `*-hint` events say that looking is worth it; only at an
 * `end-hint` can the machine already answer with the result.
 */
export type ComfyEvent =
  | { type: "started" }
  | { type: "cached"; nodeIds: string[] }
  | { type: "node"; nodeId: string; displayNodeId: string }
  | { type: "progress"; nodes: ComfyNodeProgress[] }
  | { type: "executed"; nodeId: string; displayNodeId: string; outputs: ComfyOutputs }
  | ({ type: "preview" } & ComfyPreview)
  | { type: "succeeded-hint" }
  | { type: "end-hint" }
  | { type: "error-hint"; error: ComfyExecutionError }
  | { type: "interrupted-hint" }
  | { type: "disconnected" }
  /** Events before this one may be missing. */
  | { type: "gap" }
  | { type: "reconnected" };

export type ComfyListener = (event: ComfyEvent) => void;
