import type { JsonObject, JsonValue } from "#lib/json.ts";
import type { ImageStore } from "./image-store.ts";

export type WidgetType = "INT" | "FLOAT" | "STRING" | "BOOLEAN" | "COMBO";

export type InputDefinition = {
  /** A widget type, or the type of a link such as `MODEL`; `*` takes anything. */
  type: string;
  /** Told to clients as they are: default, min, max, multiline, tooltip… */
  options: JsonObject;
  /** Choices of a COMBO. */
  values?: readonly string[];
  /** Choices come from this model folder. */
  modelFolder?: string;
  /** Choices come from the files in the input folder. */
  inputFiles?: boolean;
};

export type Inputs = Record<string, InputDefinition>;

export type NodeDefinition = {
  name: string;
  displayName: string;
  category: string;
  description?: string;
  required: Inputs;
  optional?: Inputs;
  outputs: readonly { type: string; name?: string }[];
  /** Makes results that people see: a graph needs at least one. */
  isOutput?: boolean;
  /** Of the newer kind: combos are told as `["COMBO", {options}]`. */
  isModern?: boolean;
  /** @returns what is wrong, in the machine's words. */
  validate?: (inputs: JsonObject, store: ImageStore) => string | undefined;
  /** Something that changes when the result would, although the inputs are the same. */
  fingerprint?: (inputs: JsonObject, store: ImageStore) => Promise<string>;
  execute: (inputs: NodeInputs, context: NodeContext) => NodeResult | Promise<NodeResult>;
};

/** `ui`: what is told to clients and kept in history, e.g. `{images: [entry]}`. */
export type NodeResult = { outputs?: unknown[]; ui?: JsonObject };

/** Values by input name: literals as validated, links as whatever the other node gave. */
export type NodeInputs = Record<string, unknown>;

export type PreviewImage = { format: "jpeg" | "png"; image: Buffer };

export type NodeContext = {
  nodeId: string;
  store: ImageStore;
  /** Time of one step, simulated speed included. */
  stepMs: number;
  /** Whether the submitter wants previews. */
  wantsPreviews: boolean;
  /** For the text chunks of saved pictures. */
  graph: JsonObject;
  extraPngInfo: JsonValue | undefined;
  /** Waits, unless the prompt is interrupted. @param ms real milliseconds. */
  sleep(ms: number): Promise<void>;
  /** Tells clients how far the node is; where an interrupt is noticed. */
  report(value: number, max: number, preview?: PreviewImage): void;
};
