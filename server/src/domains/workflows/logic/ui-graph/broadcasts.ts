import { nodeModes, type UiCanvas, type UiNode } from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { isAny } from "#domains/workflows/logic/ui-graph/types-fit.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** A wire that a node of the "Use Everywhere" extension leads to every open input of its type. */
export type Broadcast = {
  node: UiNode;
  index: number;
  type: string;
  title: RegExp | null;
  input: RegExp | null;
};

const everywhere = /^(anything|prompts) everywhere/i;

export function isBroadcaster(node: UiNode): boolean {
  return everywhere.test(node.type);
}

export function broadcastsOf(canvas: UiCanvas): Broadcast[] {
  return [...canvas.nodes.values()]
    .filter((node) => isBroadcaster(node) && node.mode !== nodeModes.muted && node.mode !== nodeModes.bypassed)
    .flatMap((node) => node.inputs.flatMap((_, index) => broadcast(canvas, node, index) ?? []));
}

/** The broadcast that an open input takes: the narrowest that fits; none when two fit equally. */
export function broadcastFor(broadcasts: readonly Broadcast[], node: UiNode, index: number): Broadcast | null {
  const input = node.inputs[index];
  if (!input || input.link !== null || input.widgetName !== null || isAny(input.type) || isBroadcaster(node))
    return null;
  const fitting = broadcasts.filter(
    (each) =>
      each.type === input.type &&
      (each.title?.test(node.title ?? node.type) ?? true) &&
      (each.input?.test(input.name) ?? true),
  );
  const narrow = fitting.filter((each) => each.title !== null || each.input !== null);
  const best = narrow.length > 0 ? narrow : fitting;
  return best.length === 1 ? (best[0] as Broadcast) : null;
}

function broadcast(canvas: UiCanvas, node: UiNode, index: number): Broadcast | null {
  const input = node.inputs[index];
  if (input?.link == null) return null;
  const link = canvas.links.get(input.link);
  const source = link && canvas.nodes.get(link.from)?.outputs[link.fromSlot]?.type;
  const type = isAny(input.type) ? source : input.type;
  if (type === undefined || isAny(type)) return null;
  const settings = restrictions(node);
  const isPrompts = /^prompts/i.test(node.type);
  const own = isPrompts ? [/(_|\b)pos(itive|_|\b)|^prompt/i, /(_|\b)neg(ative|_|\b)/i][index] : undefined;
  const title = pattern(settings.title_regex);
  const named = pattern(settings.input_regex);
  // A restriction that can't be read restricts to nothing.
  return title === undefined || named === undefined ? null : { node, index, type, title, input: own ?? named };
}

/** Newer nodes keep their patterns as properties, older ones ("Anything Everywhere?") as literals. */
function restrictions(node: UiNode): JsonObject {
  if (isJsonObject(node.properties.ue_properties)) return node.properties.ue_properties;
  const [title, input] = node.type.endsWith("?") && Array.isArray(node.values) ? node.values : [];
  return { title_regex: title ?? null, input_regex: input ?? null };
}

/** Null without a pattern, undefined for one that is more than words: files are not trusted with regular expressions. */
function pattern(value: JsonValue | undefined): RegExp | null | undefined {
  if (typeof value !== "string" || value === "" || value === ".*") return null;
  return value.length <= 200 && /^\^?[\w\s|-]+\$?$/.test(value) ? new RegExp(value) : undefined;
}
