"use client";

import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { Minus, Plus, TextCursorInput } from "lucide-react";
import { memo } from "react";
import { cn } from "#lib/cn.ts";

export type Polarity = "POSITIVE" | "NEGATIVE" | "BOTH";

export type FlowNode = Node<{ id: string; title: string; classType: string; polarity: Polarity | null }, "graph">;

const looks = {
  POSITIVE: { icon: Plus, look: "border-good bg-good-soft", word: "positive prompt" },
  NEGATIVE: { icon: Minus, look: "border-bad bg-bad-soft", word: "negative prompt" },
  BOTH: { icon: TextCursorInput, look: "border-accent bg-accent-soft", word: "prompts" },
} as const;

const handle = "border-0! bg-line-strong!";

/** One node: its title, its class and id, and whether a prompt is written there. */
export const GraphNode = memo(function GraphNode({ data, selected }: NodeProps<FlowNode>) {
  const prompt = data.polarity && looks[data.polarity];
  return (
    <div
      className={cn(
        "flex h-full w-full flex-col justify-center overflow-hidden rounded-md border border-line-strong bg-raised px-2.5 text-left",
        prompt?.look,
        selected && "outline-2 outline-accent",
      )}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className={handle} />
      <p className="flex items-center gap-1 truncate font-medium text-ink">
        {prompt && <prompt.icon aria-label={prompt.word} className="size-3.5 shrink-0" />}
        <span className="truncate">{data.title}</span>
      </p>
      <p className="truncate text-sm text-ink-2">
        <span className="font-mono">{data.id}</span>
        {data.title !== data.classType && ` ${data.classType}`}
      </p>
      <Handle type="source" position={Position.Right} isConnectable={false} className={handle} />
    </div>
  );
});
