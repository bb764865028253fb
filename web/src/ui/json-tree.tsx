"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { type TreeRow, visibleRows } from "#ui/json-tree-rows.ts";

/** A JSON value as a tree that opens step by step; only rows in sight are rendered. */
export function JsonTree({ label, value }: { label: string; value: unknown }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([""]));
  const rows = useMemo(() => visibleRows(value, open), [value, open]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 20,
  });
  const toggle = (path: string) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-112 overflow-auto rounded-md border bg-sunken p-2 font-mono text-sm"
    >
      <div className="relative w-max min-w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div key={row.path} className="absolute left-0 h-6 leading-6 whitespace-pre" style={{ top: item.start }}>
                <Row row={row} onToggle={() => toggle(row.path)} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function Row({ row, onToggle }: { row: TreeRow; onToggle: () => void }) {
  const indent = { paddingLeft: row.depth * 16 };
  const name = row.name !== null && <span className="text-calm">{`${row.name}: `}</span>;
  if (row.size === null) {
    return (
      <div style={indent} className="pl-4">
        <span className="inline-block w-4" />
        {name}
        <Leaf value={row.value} />
      </div>
    );
  }
  const Icon = row.isOpen ? ChevronDown : ChevronRight;
  const brackets = Array.isArray(row.value) ? `[${row.size}]` : `{${row.size}}`;
  return (
    <button
      type="button"
      style={indent}
      aria-expanded={row.isOpen}
      onClick={onToggle}
      className="flex h-6 items-center hover:bg-hover"
    >
      <Icon aria-hidden className="size-4 text-ink-3" />
      {name}
      <span className="text-ink-3">{brackets}</span>
    </button>
  );
}

const longText = 400;

function Leaf({ value }: { value: unknown }): ReactNode {
  if (typeof value !== "string") return <span className="text-accent-ink">{String(value)}</span>;
  const text = JSON.stringify(value.length > longText ? `${value.slice(0, longText)}…` : value);
  return (
    <span className="text-good" title={value.length > longText ? value.slice(0, 4_000) : undefined}>
      {text}
    </span>
  );
}
