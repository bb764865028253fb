import type { JsonValue } from "#lib/json.ts";

export type ParameterType = "TEXT" | "INT" | "FLOAT" | "BOOLEAN" | "SELECT" | "IMAGE" | "VIDEO" | "AUDIO" | "SEED";
export type ParameterCategory = "generation" | "quality" | "content";
export type ParameterWidget =
  | "text"
  | "textarea"
  | "number"
  | "slider"
  | "checkbox"
  | "select"
  | "seed"
  | "image"
  | "video"
  | "audio"
  | "hidden";

export type ParameterBinding = { nodeId: string; inputName: string };

/** Everything a form needs to draw the field; a client never guesses from names. */
export type ParameterUi = {
  widget: ParameterWidget;
  multiline: boolean;
  placeholder: string | null;
  help: string | null;
  group: string | null;
  order: number;
  /** List of the machine that offers the values, such as "checkpoints", "loras" or "samplers". */
  optionsSource: string | null;
  /** Show the field only while another parameter has this value. */
  visibleWhen: { key: string; equals: JsonValue } | null;
};

export type WorkflowParameter = {
  key: string;
  label: string;
  type: ParameterType;
  /** The value in the graph, or what somebody put in its place. Seeds beyond 2^53 are bigint. */
  default: JsonValue;
  min: number | null;
  max: number | null;
  step: number | null;
  /** Allowed values of a SELECT; null when only a machine knows them. */
  options: string[] | null;
  category: ParameterCategory;
  /** Inputs that all take this parameter's value; none for what switches the graph instead of writing into it. */
  bindings: ParameterBinding[];
  ui: ParameterUi;
  /** An ADMIN changed or added it. */
  isEdited?: boolean;
  /** The default is not the graph's own: it is written when nobody gives a value. */
  isDefaultEdited?: boolean;
};

/** ComfyUI's seeds are unsigned 64-bit. */
export const maxSeed = 2n ** 64n - 1n;

/** The parameter that takes the job's input file: the first video loader, else the first image, else the first audio. */
export function primaryInput(parameters: readonly WorkflowParameter[]): WorkflowParameter | null {
  const ofType = (type: ParameterType) => parameters.find((parameter) => parameter.type === type);
  return ofType("VIDEO") ?? ofType("IMAGE") ?? ofType("AUDIO") ?? null;
}
