"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  segments: readonly { value: Value; label: ReactNode }[];
  className?: string;
}

/** One of a few, all in sight. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, value, onValueChange, segments, className } = props;
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onValueChange(next as Value)}
      className={cn("flex max-w-full flex-wrap rounded-md border border-field-line p-0.5", className)}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-sm px-2.5 text-ink-2 transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent-ink max-lg:h-8"
        >
          {segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
