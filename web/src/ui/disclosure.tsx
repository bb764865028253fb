"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "#lib/cn.ts";

/** Folded content that is rendered, and so loaded, only when it is opened. */
export function Disclosure({
  title,
  children,
  className,
}: {
  title: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={className}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="-ml-1 flex min-h-7 items-center gap-1 rounded-sm px-1 text-ink-2 hover:text-ink"
      >
        <ChevronRight aria-hidden className={cn("size-4 transition-transform", isOpen && "rotate-90")} />
        {title}
      </button>
      {isOpen && <div className="pt-2">{children}</div>}
    </div>
  );
}
