"use client";

import "@xyflow/react/dist/base.css";
import {
  Background,
  Controls,
  type Edge,
  MiniMap,
  type OnNodesChange,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import { type FormEvent, useCallback, useMemo, useState } from "react";
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
/** From so many nodes on, the whole is for the minimap: drawn as boxes all at once, it would hold up the page. */
const largeFrom = 400;
const colorOf = ({ data }: FlowNode) => (data.polarity ? minimapColors[data.polarity] : "var(--ink-3)");

/** The graph as boxes and lines; the inputs of the chosen node beside it. */
export function GraphCanvas({ nodes, links, polarities, className }: GraphCanvasProps) {
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
  const isLarge = nodes.length >= largeFrom;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = nodes.find(({ id }) => id === chosenId);
  const base = useMemo(
    () => nodes.map((node) => flowNode(node, positions[node.id], polarities.get(node.id) ?? null)),
    [nodes, positions, polarities],
  );
  const flowNodes = useMemo(
    () => base.map((node) => (node.id === chosenId ? { ...node, selected: true } : node)),
    [base, chosenId],
  );
  const edges = useMemo<Edge[]>(
    () => [...new Set(links.map((link) => link.join("\n")))].map((id) => edgeOf(id, chosenId)),
    [links, chosenId],
  );
  const onNodesChange = useCallback<OnNodesChange<FlowNode>>((changes) => {
    for (const change of changes) {
      if (change.type !== "select") continue;
      const { id, selected } = change;
      setChosenId((before) => (selected ? id : before === id ? null : before));
    }
  }, []);
  const show = (id: string) => {
    setChosenId(id);
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
          fitViewOptions={{ padding: 0.1, ...(isLarge && { minZoom: 0.5 }) }}
          minZoom={isLarge ? 0.25 : 0.05}
          maxZoom={2}
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
      {chosen && <NodeInputs node={chosen} onShow={show} onClose={() => setChosenId(null)} />}
    </div>
  );
}

const handles: FlowNode["handles"] = [
  { type: "target", position: Position.Left, x: 0, y: nodeSize.height / 2, width: 1, height: 1 },
  { type: "source", position: Position.Right, x: nodeSize.width, y: nodeSize.height / 2, width: 1, height: 1 },
];

/** With its size and handles said, a node needs no measuring: links to nodes out of sight can be drawn too. */
function flowNode(
  { id, title, classType }: Data,
  position: { x: number; y: number } | undefined,
  polarity: Polarity | null,
): FlowNode {
  return {
    id,
    type: "graph",
    position: position ?? { x: 0, y: 0 },
    ...nodeSize,
    measured: nodeSize,
    handles: handles ?? [],
    ariaLabel: `Node ${id}, ${title}`,
    data: { id, title, classType, polarity },
  };
}

function edgeOf(id: string, chosenId: string | null): Edge {
  const [source = "", target = ""] = id.split("\n");
  const isChosen = chosenId !== null && (source === chosenId || target === chosenId);
  return {
    id,
    source,
    target,
    zIndex: isChosen ? 1 : 0,
    style: { stroke: isChosen ? "var(--accent)" : "var(--line-strong)", strokeWidth: isChosen ? 2 : 1.25 },
  };
}
