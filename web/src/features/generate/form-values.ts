import { showValue } from "#lib/show-value.ts";

/** What the form knows of a parameter; the shape of the API's WorkflowParameter. */
export interface FormParameter {
  key: string;
  label: string;
  type: "TEXT" | "INT" | "FLOAT" | "BOOLEAN" | "SELECT" | "IMAGE" | "VIDEO" | "AUDIO" | "SEED";
  default?: unknown;
  min?: number | null;
  max?: number | null;
  step?: number | null;
  options?: readonly string[] | null;
  bindings: readonly { nodeId: string; inputName: string }[];
  ui: {
    widget: string;
    multiline: boolean;
    placeholder?: string | null;
    help?: string | null;
    group?: string | null;
    order: number;
    /** Shown only while another parameter has this value. */
    visibleWhen?: { key: string; equals?: unknown } | null;
  };
}

export interface FormSlot {
  nodeId: string;
  inputName: string;
  defaultText?: string | null;
  isUserEditable: boolean;
  /** The name in `params` of a prompt that no node has yet: that of a stage which the job adds. */
  address?: string;
}

/** Every field's value as typed: text for numbers too, "true"/"false" for switches, an asset's id for files. */
export type FormValues = Readonly<Record<string, string>>;

export const slotKey = ({ address, nodeId, inputName }: Pick<FormSlot, "nodeId" | "inputName" | "address">): string =>
  address ?? `${nodeId}.${inputName}`;

/** The values that a fresh form shows. */
export function defaultValues(parameters: readonly FormParameter[], slots: readonly FormSlot[]): FormValues {
  return Object.fromEntries([
    ...parameters.map((parameter) => [parameter.key, showValue(parameter.default)] as const),
    ...slots.map((slot) => [slotKey(slot), slot.defaultText ?? ""] as const),
  ]);
}

/** A field's text as the value that the API takes; what does not parse goes as it is, for the API to refuse by name. */
export function coerce(type: FormParameter["type"], text: string): unknown {
  if (type === "BOOLEAN") return text === "true";
  if (type !== "INT" && type !== "FLOAT" && type !== "SEED") return text;
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) return text;
  // Beyond 2^53 a number would lose digits; the API reads the text exactly.
  if (type !== "FLOAT" && !Number.isSafeInteger(number) && /^-?\d+$/.test(text.trim())) return text.trim();
  return number;
}

/**
 * The `params` of a submit: only what differs from the workflow's own values, so that these stay exact and a
 * linked prompt keeps its link.
 */
export function changedParams(
  values: FormValues,
  parameters: readonly FormParameter[],
  slots: readonly FormSlot[],
): Record<string, unknown> {
  const defaults = defaultValues(parameters, slots);
  const params: Record<string, unknown> = {};
  for (const parameter of parameters) {
    const text = values[parameter.key] ?? "";
    const isEmptied = text === "" && parameter.type !== "TEXT";
    if (text !== defaults[parameter.key] && !isEmptied) params[parameter.key] = coerce(parameter.type, text);
  }
  for (const slot of slots) {
    const key = slotKey(slot);
    if (slot.isUserEditable && values[key] !== defaults[key]) params[key] = values[key];
  }
  return params;
}
