import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import {
  type Broadcast,
  broadcastFor,
  broadcastsOf,
  isBroadcaster,
} from "#domains/workflows/logic/ui-graph/broadcasts.ts";
import { bypassedInput } from "#domains/workflows/logic/ui-graph/bypass.ts";
import { inputOfSlot } from "#domains/workflows/logic/ui-graph/instance-values.ts";
import type { Scope } from "#domains/workflows/logic/ui-graph/scopes.ts";
import {
  nameNode,
  nodeModes,
  subgraphInputId,
  subgraphOutputId,
  type UiCanvas,
  type UiLink,
  type UiNode,
  widgetKey,
} from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { virtualKind, wireName } from "#domains/workflows/logic/ui-graph/virtual-nodes.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import type { JsonValue } from "#lib/json.ts";

/** What an input gets in the end: a real node's output, a literal, nothing, or the output of a node that is muted. */
export type Resolved =
  | { kind: "output"; id: string; slot: number }
  | { kind: "literal"; value: JsonValue }
  | { kind: "nothing" }
  | { kind: "muted" }
  /** The file refers to a link that it does not have. */
  | { kind: "lost"; link: string };

type Place = {
  scope: Scope;
  node: UiNode;
  index: number;
  type: string;
  /** What the input gets should nothing be found further out. */
  fallback?: JsonValue | undefined;
};

const nothing: Resolved = { kind: "nothing" };
/** Longer than any chain of reroutes; only a circle of them gets there. */
const maxSteps = 50_000;

/** Follows wires of the editor's file through everything that exists in the editor only. */
export class InputResolver {
  readonly #definitions: NodeDefinitions;
  readonly #outputs = new Map<UiCanvas, Map<number, UiLink>>();
  readonly #setters = new Map<UiCanvas, Map<string, UiNode>>();
  readonly #broadcasts = new Map<UiCanvas, Broadcast[]>();

  constructor(definitions: NodeDefinitions) {
    this.#definitions = definitions;
  }

  /** @throws WorkflowSourceError for a link to a missing node, and for wires that go round in a circle. */
  resolve(scope: Scope, node: UiNode, index: number): Resolved {
    let place: Place | Resolved = { scope, node, index, type: node.inputs[index]?.type ?? "*" };
    const everywhere = broadcastFor(this.#broadcastsOf(scope.canvas), node, index);
    if (everywhere) place = { ...place, node: everywhere.node, index: everywhere.index };
    let fallback: JsonValue | undefined;
    for (let steps = 0; steps < maxSteps; steps++) {
      if ("kind" in place) {
        return place.kind === "nothing" && fallback !== undefined ? { kind: "literal", value: fallback } : place;
      }
      fallback = place.fallback ?? fallback;
      place = this.#step(place);
    }
    const id = scope.prefix + node.id;
    throw new WorkflowSourceError([
      {
        path: [id, node.inputs[index]?.name ?? ""],
        message: `The wire into ${node.inputs[index]?.name} of node ${nameNode(node, id)} goes round in a circle.`,
      },
    ]);
  }

  /** From an input to where its wire comes from, one node further. */
  #step({ scope, node, index, type }: Place): Place | Resolved {
    const input = node.inputs[index];
    if (input?.link == null) return nothing;
    const link = scope.canvas.links.get(input.link);
    if (!link) return { kind: "lost", link: input.link };
    return this.#follow(scope, link, type, { node, name: input.name });
  }

  #follow(scope: Scope, link: UiLink, type: string, target: { node: UiNode; name: string }): Place | Resolved {
    if (link.from === subgraphInputId && scope.instance) return leave(scope, scope.instance, link.fromSlot);
    const origin = scope.canvas.nodes.get(link.from);
    if (!origin) {
      const id = scope.prefix + target.node.id;
      throw new WorkflowSourceError([
        {
          path: [id, target.name],
          message: `Input ${target.name} of node ${nameNode(target.node, id)} is linked to node ${scope.prefix}${link.from}, which does not exist.`,
        },
      ]);
    }
    if (origin.mode === nodeModes.muted) return { kind: "muted" };
    if (origin.mode === nodeModes.bypassed) {
      const index = bypassedInput(origin, link.fromSlot, type);
      return index === -1 ? nothing : { scope, node: origin, index, type: origin.inputs[index]?.type ?? "*" };
    }
    const inside = scope.insides.get(origin.id);
    if (inside) {
      const inner = this.#outputLink(inside, link.fromSlot);
      return inner ? this.#follow(inside, inner, type, { node: origin, name: String(link.fromSlot) }) : nothing;
    }
    return this.#output(scope, origin, link.fromSlot, type);
  }

  #output(scope: Scope, origin: UiNode, slot: number, type: string): Place | Resolved {
    if (isBroadcaster(origin)) return nothing;
    switch (virtualKind(origin, this.#definitions)) {
      case null:
        return { kind: "output", id: scope.prefix + origin.id, slot };
      case "reroute":
      case "set":
        return { scope, node: origin, index: slot < origin.inputs.length ? slot : 0, type };
      case "get":
        return this.#setter(scope, wireName(origin), type) ?? nothing;
      case "primitive": {
        const own = Array.isArray(origin.values) ? origin.values[0] : origin.values?.value;
        const value = scope.values.widgets.get(widgetKey(origin.id, "value")) ?? own;
        return value === undefined || value === null ? nothing : { kind: "literal", value };
      }
      case "note":
        return nothing;
    }
  }

  /** The input of the node that stores a wire under this name, here or further out. */
  #setter(scope: Scope, name: string | null, type: string): Place | null {
    for (let here: Scope | undefined = scope; here && name !== null; here = here.instance?.scope) {
      const node = this.#settersOf(here.canvas).get(name);
      if (node) return { scope: here, node, index: 0, type };
    }
    return null;
  }

  #settersOf(canvas: UiCanvas): Map<string, UiNode> {
    let setters = this.#setters.get(canvas);
    if (!setters) {
      setters = new Map();
      for (const node of canvas.nodes.values()) {
        const name = virtualKind(node, this.#definitions) === "set" ? wireName(node) : null;
        if (name !== null && node.mode !== nodeModes.muted && !setters.has(name)) setters.set(name, node);
      }
      this.#setters.set(canvas, setters);
    }
    return setters;
  }

  #broadcastsOf(canvas: UiCanvas): Broadcast[] {
    const known = this.#broadcasts.get(canvas) ?? broadcastsOf(canvas);
    this.#broadcasts.set(canvas, known);
    return known;
  }

  /** The wire that ends at an output of a subgraph. */
  #outputLink({ canvas, instance }: Scope, slot: number): UiLink | undefined {
    const id = instance?.subgraph.outputs[slot]?.link;
    return (id != null ? canvas.links.get(id) : undefined) ?? this.#outputLinks(canvas).get(slot);
  }

  #outputLinks(canvas: UiCanvas): Map<number, UiLink> {
    let links = this.#outputs.get(canvas);
    if (!links) {
      links = new Map();
      for (const link of canvas.links.values()) {
        if (link.to === subgraphOutputId && !links.has(link.toSlot)) links.set(link.toSlot, link);
      }
      this.#outputs.set(canvas, links);
    }
    return links;
  }
}

/** Out of a subgraph: on at the instance's input, or to the literal that the instance has for it. */
function leave(
  { values }: Scope,
  { node, subgraph, scope }: NonNullable<Scope["instance"]>,
  slot: number,
): Place | Resolved {
  const index = inputOfSlot(node, subgraph, slot);
  const input = node.inputs[index];
  const value = values.slots.get(slot);
  if (input?.link != null) return { scope, node, index, type: input.type, fallback: value };
  return value === undefined ? nothing : { kind: "literal", value };
}
