import type { Parameter } from "#features/workflows/parameters/parameter-fields.ts";
import type { ParameterCategory, ParameterType, ParameterUiInput, UpdateWorkflowParameterInput } from "#gql/graphql.ts";
import { showValue } from "#lib/show-value.ts";

export interface BindingDraft {
  nodeId: string;
  inputName: string;
}

/** A parameter as its form holds it: everything that is typed is text. */
export interface ParameterDraft {
  key: string;
  label: string;
  type: ParameterType;
  category: ParameterCategory;
  default: string;
  min: string;
  max: string;
  step: string;
  /** One a line. */
  options: string;
  bindings: BindingDraft[];
  widget: string;
  isMultiline: boolean;
  group: string;
  help: string;
  placeholder: string;
  optionsSource: string;
  /** Key of the other parameter; empty for always. */
  visibleKey: string;
  visibleValue: string;
}

export const emptyDraft: ParameterDraft = {
  key: "",
  label: "",
  type: "TEXT",
  category: "GENERATION",
  default: "",
  min: "",
  max: "",
  step: "",
  options: "",
  bindings: [{ nodeId: "", inputName: "" }],
  widget: "text",
  isMultiline: false,
  group: "",
  help: "",
  placeholder: "",
  optionsSource: "",
  visibleKey: "",
  visibleValue: "",
};

const numberText = (value: number | null | undefined): string => (value == null ? "" : String(value));

export function draftOf(parameter: Parameter): ParameterDraft {
  const { ui } = parameter;
  return {
    key: parameter.key,
    label: parameter.label,
    type: parameter.type,
    category: parameter.category,
    default: showValue(parameter.default),
    min: numberText(parameter.min),
    max: numberText(parameter.max),
    step: numberText(parameter.step),
    // Options that a machine offers are not the parameter's own.
    options: ui.optionsSource ? "" : (parameter.options ?? []).join("\n"),
    bindings: parameter.bindings.map(({ nodeId, inputName }) => ({ nodeId, inputName })),
    widget: ui.widget,
    isMultiline: ui.multiline,
    group: ui.group ?? "",
    help: ui.help ?? "",
    placeholder: ui.placeholder ?? "",
    optionsSource: ui.optionsSource ?? "",
    visibleKey: ui.visibleWhen?.key ?? "",
    visibleValue: showValue(ui.visibleWhen?.equals),
  };
}

/** The widgets that fit a type, the usual one first; `hidden` fits any. */
export function widgetsFor(type: ParameterType): string[] {
  const fitting: Record<ParameterType, string[]> = {
    TEXT: ["text", "textarea", "select"],
    INT: ["number", "slider", "select"],
    FLOAT: ["number", "slider", "select"],
    BOOLEAN: ["checkbox", "select"],
    SELECT: ["select", "text"],
    SEED: ["seed", "number"],
    IMAGE: ["image"],
    VIDEO: ["video"],
    AUDIO: ["audio"],
  };
  return [...fitting[type], "hidden"];
}

export const hasRange = (type: ParameterType): boolean => type === "INT" || type === "FLOAT";

/** Names of number fields whose text is no number: the browser's own checks miss pasted words. */
export function wrongNumbers(draft: ParameterDraft): ("min" | "max" | "step")[] {
  if (!hasRange(draft.type)) return [];
  return (["min", "max", "step"] as const).filter((field) => Number.isNaN(Number(draft[field])));
}

type Changes = Omit<UpdateWorkflowParameterInput, "workflowId" | "key">;

/** What a draft says differently from another. Only that is sent: an untouched field stays the graph's own. */
export function changesBetween(before: ParameterDraft, after: ParameterDraft): Changes {
  const changes: Changes = {};
  const ui: ParameterUiInput = {};
  if (after.label.trim() !== before.label) changes.label = after.label.trim();
  if (after.type !== before.type) changes.type = after.type;
  if (after.category !== before.category) changes.category = after.category;
  if (after.default !== before.default || (after.type !== before.type && after.default !== "")) {
    changes.default = valueOf(after.default, after.type);
  }
  for (const field of ["min", "max", "step"] as const) {
    if (after[field] !== before[field]) changes[field] = after[field].trim() === "" ? null : Number(after[field]);
  }
  if (after.options !== before.options) {
    const options = after.options.split("\n").filter((line) => line !== "");
    changes.options = options.length > 0 ? options : null;
  }
  const bindings = after.bindings.filter(({ nodeId, inputName }) => nodeId && inputName);
  if (JSON.stringify(bindings) !== JSON.stringify(before.bindings)) changes.bindings = bindings;
  if (after.widget !== before.widget) ui.widget = after.widget;
  if (after.isMultiline !== before.isMultiline) ui.multiline = after.isMultiline;
  for (const field of ["group", "help", "placeholder", "optionsSource"] as const) {
    if (after[field].trim() !== before[field]) ui[field] = after[field].trim() || null;
  }
  if (after.visibleKey !== before.visibleKey || after.visibleValue !== before.visibleValue) {
    ui.visibleWhen = after.visibleKey ? { key: after.visibleKey, equals: looseValue(after.visibleValue) } : null;
  }
  return Object.keys(ui).length > 0 ? { ...changes, ui } : changes;
}

/** What a default's text stands for. Numbers go as text: the server keeps seeds of 64 bits exact. */
function valueOf(text: string, type: ParameterType): unknown {
  if (text === "" && type !== "TEXT") return null;
  return type === "BOOLEAN" ? text === "true" : text;
}

/** A value of whatever type the other parameter has: `true`, `3`, `euler`. */
function looseValue(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
