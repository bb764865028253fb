"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from "react";
import type { LogLine } from "#features/queue/log-lines.ts";
import { cn } from "#lib/cn.ts";

interface RunLogLinesProps {
  lines: readonly LogLine[];
  /** Asks for earlier lines; null when there are none. */
  onTop: (() => void) | null;
}

const tones = { INFO: "text-ink-2", WARNING: "text-warn", ERROR: "text-bad" } as const;
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});
/** Of a line that does not wrap, in pixels. */
const lineHeight = 20;
/** How near an end, in pixels, counts as there. */
const bottom = 24;
const top = 400;

/** A log of any length: it stays at its end while somebody looks at that, and where it is otherwise. */
export function RunLogLines({ lines, onTop }: RunLogLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const seen = useRef({ top: 0, height: 0 });
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => lines[index]?.cursor ?? index,
    overscan: 10,
  });
  const attempts = useMemo(() => new Set(lines.map(({ attempt }) => attempt)).size, [lines]);

  const anchor = useRef<{ lines: readonly LogLine[]; cursor: string; start: number } | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const before = anchor.current;
    if (follows.current) element.scrollTop = element.scrollHeight;
    else if (before && before.lines !== lines) {
      const index = lines.findIndex(({ cursor }) => cursor === before.cursor);
      element.scrollTop += (virtual.measurementsCache[index]?.start ?? before.start) - before.start;
    }
    // Whoever is at the very top gets no event of scrolling when more comes in above.
    if (element.scrollTop < top && !follows.current && before?.lines !== lines) onTop?.();
    const index = virtual.range?.startIndex ?? 0;
    const start = virtual.measurementsCache[index]?.start;
    const first = lines[index];
    anchor.current = first && start !== undefined ? { lines, cursor: first.cursor, start } : null;
  });
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const left = scrollHeight - scrollTop - clientHeight;
    // Upwards every pixel counts: browsers begin slowly, and whoever is held at the end never gets away from it. Where lines
    // that came into sight are less high than expected, nobody has gone upwards.
    const isUpwards = scrollTop < seen.current.top && scrollHeight >= seen.current.height;
    seen.current = { top: scrollTop, height: scrollHeight };
    follows.current = left < (isUpwards ? 1 : bottom);
    if (element.scrollTop < top && !follows.current) onTop?.();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const element = scroller.current;
    if (event.key !== "End" || !element) return;
    // The end as it is once the lines there are drawn, and not as it was expected.
    follows.current = true;
    element.scrollTop = element.scrollHeight;
  };

  return (
    <div
      ref={scroller}
      role="log"
      aria-label="Log"
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      className="max-h-80 overflow-y-auto rounded-sm bg-sunken p-2 font-mono text-sm"
    >
      <ol className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return (
            line && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className="absolute inset-x-0 flex gap-3 py-0.5"
                style={{ top: start }}
              >
                <time dateTime={line.at} className="shrink-0 text-ink-3">
                  {clock.format(new Date(line.at))}
                </time>
                {attempts > 1 && <span className="shrink-0 text-ink-3">{`#${line.attempt}`}</span>}
                <span className={cn("min-w-0 break-words", tones[line.level])}>{line.message}</span>
              </li>
            )
          );
        })}
      </ol>
    </div>
  );
}
