"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Output } from "#features/gallery/output-page.tsx";
import { OutputTile } from "#features/gallery/output-tile.tsx";

const gap = 6;
const tileWidth = 200;

interface Props {
  outputs: readonly Output[];
  selectedIds: readonly string[];
  onOpen: (id: string) => void;
  onSelect: (id: string) => void;
  /** A tile by its id, also one that is not rendered now: gives it the focus. */
  ref: (focus: ((id: string) => boolean) | null) => void;
}

/** The grid of outputs: of a hundred thousand, only the rows near the window are there. One stop for Tab, arrow keys within. */
export function OutputRows({ outputs, selectedIds, onOpen, onSelect, ref }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [{ columns, size, top }, setLayout] = useState({ columns: 1, size: tileWidth, top: 0 });
  const [current, setCurrent] = useState<string | null>(null);
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const width = element.clientWidth;
      const count = Math.max(2, Math.floor((width + gap) / (tileWidth + gap)));
      const next = { columns: count, size: (width - gap * (count - 1)) / count, top: element.offsetTop };
      setLayout((before) =>
        before.columns === next.columns && before.size === next.size && before.top === next.top ? before : next,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const count = Math.ceil(outputs.length / columns);
  const index = Math.max(0, current === null ? 0 : outputs.findIndex(({ id }) => id === current));
  const currentRow = Math.floor(index / columns);
  const rows = useWindowVirtualizer({
    count,
    estimateSize: () => size + gap,
    overscan: 4,
    scrollMargin: top,
    // The tile with the focus stays, or the focus would be lost by scrolling.
    rangeExtractor: (range) =>
      [...new Set([currentRow, ...defaultRangeExtractor(range)])]
        .filter((row) => row < count)
        .toSorted((a, b) => a - b),
  });
  useEffect(() => rows.measure(), [rows, size]);

  const focus = (at: number): boolean => {
    const output = outputs[at];
    if (!output) return false;
    setCurrent(output.id);
    const tile = tileOf(box.current, output.id);
    rows.scrollToIndex(Math.floor(at / columns));
    if (tile) tile.focus({ preventScroll: true });
    else wanted.current = output.id;
    return true;
  };
  useEffect(() => {
    const tile = wanted.current === null ? null : tileOf(box.current, wanted.current);
    if (!tile) return;
    wanted.current = null;
    tile.focus({ preventScroll: true });
  });
  useEffect(() => {
    ref((id) => focus(outputs.findIndex((output) => output.id === id)));
    return () => ref(null);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, number> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      ArrowDown: Math.min(index + columns, outputs.length - 1),
      ArrowUp: index - columns,
      Home: 0,
      End: outputs.length - 1,
    };
    const next = steps[event.key];
    const output = outputs[index];
    if (next !== undefined && next >= 0 && next < outputs.length) focus(next);
    else if (event.key.toLowerCase() === "x" && output) onSelect(output.id);
    else if (next === undefined) return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      role="group"
      aria-label="Outputs"
      onKeyDown={onKeyDown}
      className="relative"
      style={{ height: rows.getTotalSize() }}
    >
      {rows.getVirtualItems().map((row) => (
        <div
          key={row.key}
          className="absolute inset-x-0 flex"
          style={{ gap, height: size, transform: `translateY(${row.start - top}px)` }}
        >
          {outputs.slice(row.index * columns, (row.index + 1) * columns).map((output, column) => {
            const at = row.index * columns + column;
            return (
              <OutputTile
                key={output.id}
                output={output}
                size={size}
                isCurrent={at === index}
                isSelected={selectedIds.includes(output.id)}
                onFocus={() => setCurrent(output.id)}
                onOpen={() => onOpen(output.id)}
                onSelect={() => onSelect(output.id)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

function tileOf(box: HTMLElement | null, id: string): HTMLElement | null {
  return box?.querySelector<HTMLElement>(`button[data-output="${CSS.escape(id)}"]`) ?? null;
}
