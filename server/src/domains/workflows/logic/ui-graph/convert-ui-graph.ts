import type { ApiGraph, ApiNode } from "#domains/workflows/logic/api-graph.ts";
import { definitionOf, type NodeDefinition, type NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { isBroadcaster } from "#domains/workflows/logic/ui-graph/broadcasts.ts";
import { readDocument } from "#domains/workflows/logic/ui-graph/read-document.ts";
import { repairLinks } from "#domains/workflows/logic/ui-graph/repair-links.ts";
import { InputResolver } from "#domains/workflows/logic/ui-graph/resolve-input.ts";
import { openScopes, type Scope } from "#domains/workflows/logic/ui-graph/scopes.ts";
import {
  nameNode,
  nodeModes,
  type UiCanvas,
  type UiNode,
  widgetKey,
} from "#domains/workflows/logic/ui-graph/ui-model.ts";
import { virtualKind } from "#domains/workflows/logic/ui-graph/virtual-nodes.ts";
import { widgetValues } from "#domains/workflows/logic/ui-graph/widget-values.ts";
import { type SourceIssue, WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import type { JsonObject, JsonValue } from "#lib/json.ts";

/** A file can be wrong in a thousand places for one reason; more than these help nobody. */
const maxIssues = 50;

export type ConvertedGraph = { graph: ApiGraph; warnings: string[] };

/**
 * Turns the editor's file into what the editor would send to `POST /prompt`, by the node definitions of a machine.
 * @throws WorkflowSourceError naming nodes whose literals can't be read, links to nothing, subgraphs in themselves.
 */
export function convertUiGraph(root: JsonObject, definitions: NodeDefinitions): ConvertedGraph {
  const document = readDocument(root);
  repairLinks(document, definitions);
  const scopes = openScopes(document, definitions);
  const resolver = new InputResolver(definitions);
  const nodes: [string, ApiNode][] = [];
  const issues: SourceIssue[] = [];
  const warnings: string[] = [];
  for (const scope of scopes) {
    const sources = sourcesOf(scope.canvas);
    for (const node of scope.canvas.nodes.values()) {
      if (!runs(scope, node, definitions)) continue;
      const id = scope.prefix + node.id;
      const definition = definitionOf(definitions, node.type);
      if (!definition && !sources.has(node.id) && node.inputs.every((input) => input.link === null)) {
        warnings.push(`Node ${nameNode(node, id)} is left out: no machine knows its class, and no wire leads to it.`);
        continue;
      }
      const isLostSubgraph = !definition && subgraphId.test(node.type);
      const literals = isLostSubgraph ? null : widgetValues(node, definition);
      if (literals === null) {
        issues.push({ path: [id], message: unknownClass(node, id) });
        continue;
      }
      addOverrides(literals, scope, node);
      const inputs = inputsOf(scope, node, literals, resolver, definition, issues);
      nodes.push([id, { class_type: node.type, inputs, _meta: { title: titleOf(node, definition) } }]);
    }
  }
  if (issues.length > 0) throw new WorkflowSourceError(issues.slice(0, maxIssues));
  return { graph: Object.fromEntries(nodes), warnings };
}

function runs(scope: Scope, node: UiNode, definitions: NodeDefinitions): boolean {
  return (
    node.mode !== nodeModes.muted &&
    node.mode !== nodeModes.bypassed &&
    !scope.insides.has(node.id) &&
    !isBroadcaster(node) &&
    virtualKind(node, definitions) === null
  );
}

function sourcesOf(canvas: UiCanvas): Set<string> {
  return new Set([...canvas.links.values()].map((link) => link.from));
}

/** Literals that an outer instance shows and people have changed there. */
function addOverrides(literals: Map<string, JsonValue>, scope: Scope, node: UiNode): void {
  if (scope.values.widgets.size === 0) return;
  for (const name of literals.keys()) {
    const value = scope.values.widgets.get(widgetKey(node.id, name));
    if (value !== undefined) literals.set(name, value);
  }
}

function inputsOf(
  scope: Scope,
  node: UiNode,
  literals: Map<string, JsonValue>,
  resolver: InputResolver,
  definition: NodeDefinition | undefined,
  issues: SourceIssue[],
): Record<string, JsonValue> {
  const inputs = new Map<string, JsonValue>();
  for (const [name, value] of literals) inputs.set(name, asLiteral(value));
  for (const [index, input] of node.inputs.entries()) {
    const name = input.widgetName ?? input.name;
    const resolved = resolver.resolve(scope, node, index);
    if (resolved.kind === "output") inputs.set(name, [resolved.id, resolved.slot]);
    else if (resolved.kind === "literal") inputs.set(name, asLiteral(resolved.value));
    else if (resolved.kind === "muted") inputs.delete(name);
    else if (resolved.kind === "lost" && isNeeded(definition, name) && !inputs.has(name)) {
      const id = scope.prefix + node.id;
      issues.push({
        path: [id, name],
        message: `Input ${name} of node ${nameNode(node, id)} refers to link ${resolved.link}, which does not exist.`,
      });
    }
  }
  return Object.fromEntries(inputs);
}

/** ComfyUI takes every list for a link unless it is wrapped. */
function asLiteral(value: JsonValue): JsonValue {
  return Array.isArray(value) ? { __value__: value } : value;
}

function isNeeded(definition: NodeDefinition | undefined, name: string): boolean {
  return !definition || Object.hasOwn(definition.input?.required ?? {}, name);
}

function titleOf(node: UiNode, definition: NodeDefinition | undefined): string {
  return node.title ?? definition?.display_name ?? node.type;
}

const subgraphId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function unknownClass(node: UiNode, id: string): string {
  if (subgraphId.test(node.type)) return `Node ${nameNode(node, id)} is a subgraph that the file does not hold.`;
  return (
    `No machine knows the class of node ${nameNode(node, id)}, and the file does not name its values. ` +
    "Install its extension on a machine and refresh the machine, or export the workflow in the API format."
  );
}
