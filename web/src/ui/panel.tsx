import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";

interface PanelProps {
  title: ReactNode;
  /** Controls at the right end of the title's line. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A titled section with a hairline under its head. */
export function Panel({ title, actions, children, className }: PanelProps) {
  return (
    <section className={cn("min-w-0", className)}>
      <header className="mb-3 flex min-h-9 items-center justify-between gap-2 border-b">
        <h2 className="text-lg">{title}</h2>
        {actions && <div className="flex items-center gap-1">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
