"use client";

import "@xyflow/react/dist/base.css";
import {
  Background,
  Controls,
  type Edge,
  MiniMap,
  type OnNodesChange,
  ReactFlow,
  ReactFlowProvider,
  applyNodeChanges,
  useReactFlow,
} from "@xyflow/react";
import { type FormEvent, useCallback, useEffect, useMemo, useState } from "react";
import type { GraphNode as Data } from "#features/workflows/graph/api-graph.ts";
import { type FlowNode, GraphNode, type Polarity } from "#features/workflows/graph/graph-node.tsx";
import { nodeSize, type Positions } from "#features/workflows/graph/layered-layout.ts";
import { NodeInputs } from "#features/workflows/graph/node-inputs.tsx";
import { useLayout } from "#features/workflows/graph/use-layout.ts";
import { cn } from "#lib/cn.ts";
import { SearchInput } from "#ui/search-input.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

interface GraphCanvasProps {
  nodes: readonly Data[];
  links: readonly (readonly [string, string])[];
  polarities: ReadonlyMap<string, Polarity>;
  className: string;
}

const nodeTypes = { graph: GraphNode };
const minimapColors: Record<Polarity, string> = {
  POSITIVE: "var(--good)",
  NEGATIVE: "var(--bad)",
  BOTH: "var(--accent)",
};
const colorOf = ({ data }: FlowNode) => (data.polarity ? minimapColors[data.polarity] : "var(--ink-3)");

/** The graph as boxes and lines; the inputs of the chosen node beside it. */
export default function GraphCanvas({ nodes, links, polarities, className }: GraphCanvasProps) {
  const input = useMemo(() => ({ ids: nodes.map(({ id }) => id), links }), [nodes, links]);
  const positions = useLayout(input);
  if (!positions) {
    return (
      <div role="status" className={cn("relative", className)}>
        <Skeleton className="h-full" />
        <p className="absolute inset-0 grid place-items-center text-ink-2">Laying out the graph</p>
      </div>
    );
  }
  return (
    <ReactFlowProvider>
      <Canvas nodes={nodes} links={links} polarities={polarities} positions={positions} className={className} />
    </ReactFlowProvider>
  );
}

function Canvas({ nodes, links, polarities, positions, className }: GraphCanvasProps & { positions: Positions }) {
  const flow = useReactFlow<FlowNode>();
  const [search, setSearch] = useState("");
  const [flowNodes, setFlowNodes] = useState<FlowNode[]>([]);
  useEffect(() => {
    setFlowNodes(
      nodes.map(({ id, title, classType }) => ({
        id,
        type: "graph",
        position: positions[id] ?? { x: 0, y: 0 },
        width: nodeSize.width,
        height: nodeSize.height,
        ariaLabel: `Node ${id}, ${title}`,
        data: { id, title, classType, polarity: polarities.get(id) ?? null },
      })),
    );
  }, [nodes, positions, polarities]);
  const chosenId = flowNodes.find((node) => node.selected)?.id;
  const chosen = nodes.find(({ id }) => id === chosenId);
  const edges = useMemo<Edge[]>(
    () => [...new Set(links.map((link) => link.join("\n")))].map((id) => edgeOf(id, chosenId)),
    [links, chosenId],
  );
  const onNodesChange = useCallback<OnNodesChange<FlowNode>>(
    (changes) => setFlowNodes((current) => applyNodeChanges(changes, current)),
    [],
  );
  const choose = (id: string | null) =>
    setFlowNodes((current) => current.map((node) => (node.selected === (node.id === id) ? node : select(node, id))));
  const show = (id: string) => {
    choose(id);
    void flow.fitView({ nodes: [{ id }], maxZoom: 1, duration: 120 });
  };
  const find = (event: FormEvent) => {
    event.preventDefault();
    const words = search.trim().toLowerCase();
    const matches = nodes.filter(
      ({ id, title, classType }) => words && `${id} ${title} ${classType}`.toLowerCase().includes(words),
    );
    // Again with the same words: the next one.
    const next = matches[(matches.findIndex(({ id }) => id === chosenId) + 1) % Math.max(1, matches.length)];
    if (next) show(next.id);
  };
  return (
    <div className="relative flex gap-4">
      <div className={cn("relative min-w-0 grow overflow-hidden rounded-md border bg-sunken", className)}>
        <form onSubmit={find} className="absolute top-2 left-2 z-10 w-56">
          <SearchInput label="Find a node" value={search} onValueChange={setSearch} />
        </form>
        <ReactFlow
          nodes={flowNodes}
          edges={edges}
          nodeTypes={nodeTypes}
          onNodesChange={onNodesChange}
          onlyRenderVisibleElements
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          deleteKeyCode={null}
          fitView
          fitViewOptions={{ padding: 0.1 }}
          minZoom={0.02}
          maxZoom={2}
          proOptions={{ hideAttribution: true }}
          aria-label="Graph"
        >
          <Background color="var(--line)" />
          <Controls showInteractive={false} />
          <MiniMap<FlowNode>
            nodeColor={colorOf}
            maskColor="color-mix(in srgb, var(--bg) 70%, transparent)"
            bgColor="var(--surface)"
            pannable
            zoomable
            className="max-sm:hidden"
          />
        </ReactFlow>
      </div>
      {chosen && <NodeInputs node={chosen} onShow={show} onClose={() => choose(null)} />}
    </div>
  );
}

const select = (node: FlowNode, id: string | null): FlowNode => ({ ...node, selected: node.id === id });

function edgeOf(id: string, chosenId: string | undefined): Edge {
  const [source = "", target = ""] = id.split("\n");
  const isChosen = chosenId !== undefined && (source === chosenId || target === chosenId);
  return {
    id,
    source,
    target,
    zIndex: isChosen ? 1 : 0,
    style: { stroke: isChosen ? "var(--accent)" : "var(--line-strong)", strokeWidth: isChosen ? 2 : 1.25 },
  };
}
