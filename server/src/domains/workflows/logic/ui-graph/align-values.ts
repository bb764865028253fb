import {
  defaultValue,
  dynamicLayout,
  isDynamicCombo,
  type LayoutItem,
  type WidgetSpec,
} from "#domains/workflows/logic/ui-graph/widget-layout.ts";
import { isJsonObject, type JsonValue } from "#lib/json.ts";

/** A widget with its literal; `item` is the place in the layout, with whatever the caller has put there beside. */
export type Aligned<Item> = { item: Item; widget: WidgetSpec; value: JsonValue; isGiven: boolean };

const controls = new Set(["fixed", "increment", "decrement", "randomize", "increment-wrap"]);

/**
 * Pairs the literals of a file with widgets by position. Values that editors add for themselves are skipped when they
 * look like one and either there are more values than widgets or the widget at this place could not have such a value.
 * Widgets without a value get their default.
 */
export function alignValues<Item extends LayoutItem>(
  layout: readonly Item[],
  values: readonly JsonValue[],
): Aligned<Item>[] {
  const aligned: Aligned<Item>[] = [];
  const waiting = layout.toReversed();
  let widgets = layout.filter((item) => item.kind === "widget").length;
  let next = 0;
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    if (item.kind !== "widget") {
      const value = values[next];
      if (value === undefined || !isExtra(item.kind, value)) continue;
      const hasSpare = values.length - next > widgets;
      const following = waiting.findLast((each) => each.kind === "widget");
      if (hasSpare || !(following?.kind === "widget" && takes(following.widget, value))) next++;
      continue;
    }
    widgets--;
    const { widget } = item;
    const given = next < values.length ? values[next++] : undefined;
    const value = given ?? defaultValue(widget);
    if (value === undefined) continue;
    aligned.push({ item, widget, value, isGiven: given !== undefined });
    if (!isDynamicCombo(widget)) continue;
    const more = dynamicLayout(widget, value);
    widgets += more.filter((each) => each.kind === "widget").length;
    // What comes with a key belongs to whatever the combo belongs to.
    waiting.push(...more.toReversed().map((each) => ({ ...item, ...each })));
  }
  return aligned;
}

function isExtra(kind: "control" | "upload" | "display", value: JsonValue): boolean {
  if (kind === "control") {
    return typeof value === "boolean" || value === "" || (typeof value === "string" && controls.has(value));
  }
  if (kind === "upload") return value === null || ["image", "video", "audio", ""].some((each) => each === value);
  return value === null || value === "" || isJsonObject(value);
}

/** Whether a widget could have this literal. */
function takes({ type, choices }: WidgetSpec, value: JsonValue): boolean {
  if (choices && choices.length > 0) return choices.some((choice) => choice === value || keyOfOption(choice) === value);
  switch (type) {
    case "INT":
    case "FLOAT":
      return typeof value === "number" || typeof value === "bigint";
    case "BOOLEAN":
      return typeof value === "boolean";
    case "STRING":
      return typeof value === "string";
    default:
      return true;
  }
}

function keyOfOption(choice: JsonValue): JsonValue | undefined {
  return isJsonObject(choice) ? choice.key : undefined;
}
