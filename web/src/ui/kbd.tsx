import type { ReactNode } from "react";

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-4 min-w-4 place-items-center rounded-sm border border-current/40 px-1 font-sans text-xs">
      {children}
    </kbd>
  );
}
