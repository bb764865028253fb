"use client";

import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";

interface TabsProps {
  label: string;
  value: string;
  onValueChange: (value: string) => void;
  tabs: readonly { value: string; label: ReactNode }[];
  children?: ReactNode;
}

export function Tabs({ label, value, onValueChange, tabs, children }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  // Where the tabs are wider than the window, the active one is brought into sight.
  useEffect(() => {
    const active = list.current?.querySelector<HTMLElement>("[data-state=active]");
    if (!list.current || !active) return;
    const overhang = active.offsetLeft + active.offsetWidth - list.current.clientWidth;
    if (overhang > list.current.scrollLeft) list.current.scrollLeft = overhang;
  }, [value]);
  return (
    <Radix.Root value={value} onValueChange={onValueChange}>
      <Radix.List ref={list} aria-label={label} className="relative flex gap-4 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 border-b-2 border-transparent whitespace-nowrap text-ink-2 transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Radix.Content value={value} className="pt-4">
      {children}
    </Radix.Content>
  );
}
