import type { NodeDefinition } from "#domains/workflows/logic/node-definitions.ts";
import { alignValues } from "#domains/workflows/logic/ui-graph/align-values.ts";
import { layoutOfKnownClass } from "#domains/workflows/logic/ui-graph/known-classes.ts";
import type { UiNode } from "#domains/workflows/logic/ui-graph/ui-model.ts";
import {
  defaultValue,
  dynamicLayout,
  isDynamicCombo,
  isSeedName,
  type LayoutItem,
  widgetLayout,
} from "#domains/workflows/logic/ui-graph/widget-layout.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** Literals that editors and extensions keep for themselves. */
const editorsOwn = /^(control_(after|before)_generate|control_filter_list|videopreview|upload|choose \w+ to upload)$/i;

/**
 * The literals of a node by input name; null when they can't be told: the file lists them without names, and neither
 * the definition nor the file says whose they are.
 */
export function widgetValues(node: UiNode, definition: NodeDefinition | undefined): Map<string, JsonValue> | null {
  const named = node.namedValues ?? (Array.isArray(node.values) ? null : node.values);
  if (named) return byName(named, definition);
  const values = Array.isArray(node.values) ? node.values : [];
  const loras = powerLoras(node, values);
  if (loras) return loras;
  const own = ownLayout(node, values);
  const known = definition ? widgetLayout(definition) : null;
  // A node that was saved with another version of its class lists other widgets than the machine's.
  if (own && (!known || !sameWidgets(own, known))) {
    return byName(Object.fromEntries(aligned(own, values)), definition);
  }
  const layout = known ?? layoutOfKnownClass(node.type);
  if (layout) return aligned(layout, values);
  return values.length === 0 ? new Map() : null;
}

/** Places of those widgets that a node of an older file had: classes get new ones with time. */
export function layoutOfNode(node: UiNode, definition: NodeDefinition | undefined): LayoutItem[] {
  const values = Array.isArray(node.values) ? node.values : [];
  const layout = definition
    ? widgetLayout(definition)
    : (ownLayout(node, values) ?? layoutOfKnownClass(node.type) ?? []);
  const given = new Set(alignValues(layout, values).flatMap(({ item, isGiven }) => (isGiven ? item : [])));
  return layout.filter((item) => item.kind !== "widget" || given.has(item));
}

function aligned(layout: LayoutItem[], values: readonly JsonValue[]): Map<string, JsonValue> {
  return new Map(alignValues(layout, values).map(({ widget, value }) => [widget.name, value]));
}

function byName(named: JsonObject, definition: NodeDefinition | undefined): Map<string, JsonValue> {
  const result = new Map<string, JsonValue>();
  const waiting = definition ? widgetLayout(definition).toReversed() : [];
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (item.kind !== "widget") continue;
    const { widget } = item;
    const value = (Object.hasOwn(named, widget.name) ? named[widget.name] : null) ?? defaultValue(widget);
    if (value === undefined) continue;
    result.set(widget.name, value);
    if (isDynamicCombo(widget)) waiting.push(...dynamicLayout(widget, value).toReversed());
  }
  // Extensions add widgets in the editor that the machine does not list but reads.
  for (const [name, value] of Object.entries(named)) {
    if (!result.has(name) && value !== null && !editorsOwn.test(name)) result.set(name, value);
  }
  return result;
}

/**
 * Newer editors list every widget among the inputs. Null when they do not account for all of the values: then only
 * those that were wired are listed.
 */
function ownLayout(node: UiNode, values: readonly JsonValue[]): LayoutItem[] | null {
  const names = node.inputs.flatMap((input) => (input.widgetName === null ? [] : { ...input, name: input.widgetName }));
  if (names.length === 0) return null;
  const layout = names.flatMap(({ name, type }): LayoutItem[] => {
    const widget: LayoutItem = { kind: "widget", widget: { name, type, options: {}, choices: null } };
    return isSeedName(name) ? [widget, { kind: "control" }] : [widget];
  });
  layout.push({ kind: "upload" });
  const extras = values.length - names.length;
  const seeds = names.filter(({ name }) => isSeedName(name)).length;
  const hasUpload = values.at(-1) === "image" || values.at(-1) === null;
  return extras === 0 || extras === seeds || (hasUpload && extras === seeds + 1) ? layout : null;
}

function sameWidgets(a: LayoutItem[], b: LayoutItem[]): boolean {
  const names = (layout: LayoutItem[]) => layout.flatMap((item) => (item.kind === "widget" ? item.widget.name : []));
  return names(a).join("\n") === names(b).join("\n");
}

/** rgthree's Power Lora Loader keeps its rows as objects; the machine reads them as lora_1, lora_2… */
function powerLoras(node: UiNode, values: readonly JsonValue[]): Map<string, JsonValue> | null {
  if (!/^power lora loader/i.test(node.type)) return null;
  const rows = values.filter((value) => isJsonObject(value) && typeof value.lora === "string");
  return new Map(rows.map((row, index) => [`lora_${index + 1}`, row]));
}
