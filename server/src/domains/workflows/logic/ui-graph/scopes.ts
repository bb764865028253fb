import { definitionOf, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { type InstanceValues, instanceValues } from "#domains/workflows/logic/ui-graph/instance-values.ts";
import {
  nameNode,
  nodeModes,
  type UiCanvas,
  type UiDocument,
  type UiNode,
  type UiSubgraph,
} from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";

/** One appearance of a canvas in the graph that runs: the root, or the inside of one instance of a subgraph. */
export type Scope = {
  canvas: UiCanvas;
  /** Put before the ids of its nodes: "57:" for the inside of node 57. */
  prefix: string;
  /** The instance that this is the inside of. */
  instance: { node: UiNode; subgraph: UiSubgraph; scope: Scope } | null;
  depth: number;
  /** Literals that the instance sets inside. */
  values: InstanceValues;
  /** Insides of this canvas' own instances, by node id. */
  insides: Map<string, Scope>;
};

/** Beyond what people draw; keeps files in which subgraphs multiply from filling the memory. */
const maxUiNodes = 20_000;
const maxDepth = 50;

const noValues: InstanceValues = { slots: new Map(), widgets: new Map() };

/**
 * The root and all insides, outer ones first. Muted and bypassed instances have no inside: nothing in them runs.
 * @throws WorkflowSourceError for a subgraph in itself, and for more nodes than anything can show.
 */
export function openScopes(document: UiDocument, definitions: NodeDefinitions): Scope[] {
  const root: Scope = {
    canvas: document.root,
    prefix: "",
    instance: null,
    depth: 0,
    values: noValues,
    insides: new Map(),
  };
  const scopes = [root];
  let count = 0;
  for (let next = 0; next < scopes.length; next++) {
    const scope = scopes[next] as Scope;
    count += scope.canvas.nodes.size;
    if (count > maxUiNodes) {
      fail(`With its subgraphs the workflow has more than ${maxUiNodes} nodes.`);
    }
    for (const node of scope.canvas.nodes.values()) {
      const subgraph = definitionOf(definitions, node.type) ? undefined : document.subgraphs.get(node.type);
      if (!subgraph || node.mode === nodeModes.muted || node.mode === nodeModes.bypassed) continue;
      count++;
      refuseRecursion(scope, node, subgraph);
      const inside: Scope = {
        canvas: subgraph,
        prefix: `${scope.prefix}${node.id}:`,
        instance: { node, subgraph, scope },
        depth: scope.depth + 1,
        values: instanceValues(node, subgraph, scope.values, definitions),
        insides: new Map(),
      };
      scope.insides.set(node.id, inside);
      scopes.push(inside);
    }
  }
  return scopes;
}

function refuseRecursion(scope: Scope, node: UiNode, subgraph: UiSubgraph): void {
  const id = scope.prefix + node.id;
  if (scope.depth >= maxDepth) fail(`Subgraphs are nested more than ${maxDepth} deep at node ${id}.`, id);
  for (let outer: Scope | undefined = scope; outer; outer = outer.instance?.scope) {
    if (outer.instance?.subgraph === subgraph) {
      fail(`The subgraph "${subgraph.name}" contains itself, by node ${nameNode(node, id)}.`, id);
    }
  }
}

function fail(message: string, id?: string): never {
  throw new WorkflowSourceError([{ path: id === undefined ? [] : [id], message }]);
}
