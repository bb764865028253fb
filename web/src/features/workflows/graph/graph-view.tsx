"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import { linkSource, nodesOf } from "#features/workflows/graph/api-graph.ts";
import { WorkflowGraphQuery } from "#features/workflows/graph/graph-query.ts";
import type { Polarity } from "#features/workflows/graph/graph-node.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { plural } from "#lib/format.ts";

const frame = "h-[calc(100dvh-300px)] min-h-80 max-sm:h-[calc(100dvh-400px)]";
const GraphCanvas = dynamic(async () => (await import("#features/workflows/graph/graph-canvas.tsx")).GraphCanvas, {
  ssr: false,
  loading: () => <Skeleton className={frame} />,
});

/** The current version's graph, fetched and drawn when it is opened. */
export function GraphView({ workflowId }: { workflowId: string }) {
  const [result, refetch] = useQuery({ query: WorkflowGraphQuery, variables: { id: workflowId } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<Skeleton className={frame} />}>
      {({ workflow }) => workflow && <Loaded graph={workflow.currentVersion.graph} slots={workflow.promptSlots} />}
    </QueryPanel>
  );
}

interface Slot {
  nodeId: string;
  slotType: "POSITIVE" | "NEGATIVE";
}

function Loaded({ graph, slots }: { graph: unknown; slots: readonly Slot[] }) {
  const nodes = useMemo(() => nodesOf(graph), [graph]);
  const links = useMemo(
    () =>
      nodes.flatMap(({ id, inputs }) =>
        inputs.flatMap(([, value]) => {
          const source = linkSource(value);
          return source === null ? [] : [[source, id] as const];
        }),
      ),
    [nodes],
  );
  const polarities = useMemo(() => {
    const found = new Map<string, Polarity>();
    for (const { nodeId, slotType } of slots) {
      const before = found.get(nodeId);
      found.set(nodeId, before && before !== slotType ? "BOTH" : slotType);
    }
    return found;
  }, [slots]);
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
        <span>{`${plural(nodes.length, "node")}, ${plural(links.length, "link")}`}</span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-full bg-good" />
          Positive prompt
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-full bg-bad" />
          Negative prompt
        </span>
        <span className="ml-auto flex items-center gap-1 text-sm text-ink-3">
          Graph JSON
          <CopyButton text={() => JSON.stringify(graph, null, 2)} label="Copy graph" />
        </span>
      </div>
      <GraphCanvas nodes={nodes} links={links} polarities={polarities} className={frame} />
    </div>
  );
}
