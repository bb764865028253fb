import { type ApiGraph, type ApiNode, consumersOf, isLink, titleOf } from "#domains/workflows/logic/api-graph.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { personalTitle } from "#domains/workflows/logic/node-title.ts";
import { type Reach, tracePolarity } from "#domains/workflows/logic/polarity.ts";
import { textInputs } from "#domains/workflows/logic/text-inputs.ts";
import { traceLiteral } from "#domains/workflows/logic/trace-literal.ts";
import type { JsonValue } from "#lib/json.ts";

export type SlotType = "POSITIVE" | "NEGATIVE";

export type DetectedSlot = {
  nodeId: string;
  inputName: string;
  slotType: SlotType;
  /** "Positive Prompt 1", counted per polarity in natural order of node id. */
  label: string;
  /** The node's title when a person set it. */
  description: string | null;
  /** The text in the graph, also when it comes over a link from one string node; null when it cannot be told. */
  defaultText: string | null;
  /**
   * Whether the graph feeds the input over a link. Literally that, so also when the link could be traced to a text:
   * a linked slot that nobody overrides keeps its link at dispatch, wherever its text comes from. `defaultText: null`
   * is what says that the text is only known when the workflow runs.
   */
  isLinked: boolean;
  sortOrder: number;
};

/** The prompt slots of a graph. Definitions of the node classes make it surer; the wires alone go a long way. */
export function detectSlots(graph: ApiGraph, definitions?: NodeDefinitions): DetectedSlot[] {
  const consumers = consumersOf(graph);
  const reaches = tracePolarity(graph, definitions);
  const counted = { POSITIVE: 0, NEGATIVE: 0 };
  const slots: DetectedSlot[] = [];
  // Input names are sorted too: stores of JSON need not keep the order of keys, and labels must not depend on it.
  for (const nodeId of Object.keys(graph).toSorted(compareNatural)) {
    const node = graph[nodeId] as ApiNode;
    const names = textInputs(node, consumers.get(nodeId) ?? [], definitions).toSorted(compareNatural);
    for (const inputName of names) {
      const slotType = slotTypeOf(node, inputName, names, reaches.get(nodeId));
      const value = node.inputs[inputName] as JsonValue;
      slots.push({
        nodeId,
        inputName,
        slotType,
        label: `${slotType === "POSITIVE" ? "Positive" : "Negative"} Prompt ${++counted[slotType]}`,
        description: personalTitle(node, definitions),
        defaultText: literalText(graph, value),
        isLinked: isLink(value),
        sortOrder: slots.length,
      });
    }
  }
  return slots;
}

/**
 * By the wires; by name and title where they say both or nothing. A node with texts for both sides (WanVideoTextEncode's
 * positive_prompt and negative_prompt) tells them apart by name only: its wires are those of both.
 */
function slotTypeOf(node: ApiNode, inputName: string, names: string[], reach: Reach | undefined): SlotType {
  const saysNegative = (name: string) => /neg/i.test(name);
  if (names.length > 1 && names.some(saysNegative)) return saysNegative(inputName) ? "NEGATIVE" : "POSITIVE";
  if (reach && reach.positive !== reach.negative) return reach.negative ? "NEGATIVE" : "POSITIVE";
  return saysNegative(inputName) || saysNegative(titleOf(node) ?? "") ? "NEGATIVE" : "POSITIVE";
}

function literalText(graph: ApiGraph, value: JsonValue): string | null {
  const literal = isLink(value) ? traceLiteral(graph, value)?.value : value;
  return typeof literal === "string" ? literal : null;
}
