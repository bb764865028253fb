import type { NodeDefinition } from "#domains/workflows/logic/node-definitions.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** A widget whose literal the file keeps, with what the machine says about it. */
export type WidgetSpec = { name: string; type: string; options: JsonObject; choices: JsonValue[] | null };

/**
 * What stands at one place in a node's list of literals: a widget's value, or one that the editor adds for itself and
 * that old and new editors do or do not write: what a seed does after a run, a button for uploads, a preview.
 */
export type LayoutItem = { kind: "widget"; widget: WidgetSpec } | { kind: "control" | "upload" | "display" };

const literalTypes = new Set(
  "INT FLOAT STRING BOOLEAN COMBO COLOR COLORS MARKDOWN TEXTAREA BOUNDING_BOX CURVE RANGE PAINTER WEBCAM COMFY_DYNAMICCOMBO_V3".split(
    " ",
  ),
);
/** Widgets that show something; whether the file has a literal for them depends on the editor's version. */
const displayTypes = new Set("LOAD_3D AUDIO_UI AUDIOUPLOAD IMAGEUPLOAD IMAGECOMPARE HISTOGRAM".split(" "));
const uploadOptions = ["image_upload", "video_upload", "audio_upload", "animated_image_upload", "upload"];

/** Places in `widgets_values`, in the editor's order. */
export function widgetLayout(definition: NodeDefinition): LayoutItem[] {
  const order = isJsonObject(definition.input_order) ? definition.input_order : {};
  return (["required", "optional"] as const).flatMap((part) =>
    layoutOf(definition.input?.[part] ?? {}, order[part], ""),
  );
}

/** The inputs that come with the chosen key of a dynamic combo, named `combo.input`. */
export function dynamicLayout(widget: WidgetSpec, key: JsonValue): LayoutItem[] {
  const chosen = (widget.choices ?? []).find((option) => isJsonObject(option) && option.key === key);
  const inputs = isJsonObject(chosen) && isJsonObject(chosen.inputs) ? chosen.inputs : {};
  return ["required", "optional"].flatMap((part) =>
    isJsonObject(inputs[part]) ? layoutOf(inputs[part], undefined, `${widget.name}.`) : [],
  );
}

export function isDynamicCombo(widget: WidgetSpec): boolean {
  return widget.type === "COMFY_DYNAMICCOMBO_V3";
}

/** What the editor puts into a widget that the file says nothing about. */
export function defaultValue({ type, options, choices }: WidgetSpec): JsonValue | undefined {
  if (options.default !== undefined && options.default !== null) return options.default;
  const first = choices?.[0];
  if (first !== undefined) return isJsonObject(first) ? (first.key ?? undefined) : first;
  switch (type) {
    case "INT":
    case "FLOAT":
      return typeof options.min === "number" && options.min > 0 ? options.min : 0;
    case "STRING":
      return "";
    case "BOOLEAN":
      return false;
    default:
      return undefined;
  }
}

/** Editors put a control behind inputs of these names, also when the definition does not ask for it. */
export function isSeedName(name: string): boolean {
  return /(^|\.)(noise_)?seed$/.test(name);
}

function layoutOf(inputs: JsonObject, order: JsonValue | undefined, prefix: string): LayoutItem[] {
  const items: LayoutItem[] = [];
  let hasUpload = false;
  for (const name of orderedNames(inputs, order)) {
    const spec = inputs[name];
    const [declared, rest] = Array.isArray(spec) ? spec : [];
    const options = isJsonObject(rest) ? rest : {};
    const type = Array.isArray(declared)
      ? "COMBO"
      : typeof options.widgetType === "string"
        ? options.widgetType
        : typeof declared === "string"
          ? declared
          : "";
    if (displayTypes.has(type)) items.push({ kind: "display" });
    if (options.forceInput === true || !(literalTypes.has(type) || options.socketless === true)) continue;
    const listed = Array.isArray(declared) ? declared : options.options;
    const choices = Array.isArray(listed) ? listed : null;
    items.push({ kind: "widget", widget: { name: prefix + name, type, options, choices } });
    if (options.control_after_generate || (type === "INT" && isSeedName(name))) {
      items.push({ kind: "control" });
      // Combos that step through their values also have a filter.
      if (type === "COMBO") items.push({ kind: "control" });
    }
    hasUpload ||= uploadOptions.some((option) => options[option] === true);
  }
  if (hasUpload) items.push({ kind: "upload" });
  return items;
}

function orderedNames(inputs: JsonObject, order: JsonValue | undefined): string[] {
  const listed = (Array.isArray(order) ? order : []).filter(
    (name): name is string => typeof name === "string" && Object.hasOwn(inputs, name),
  );
  return [...new Set([...listed, ...Object.keys(inputs)])];
}
