"use client";

import { WifiOff } from "lucide-react";
import { useSocketState } from "#lib/graphql/provider.tsx";

/** Says that live updates have stopped; what is on the page stays usable. */
export function OfflineBanner() {
  const state = useSocketState();
  return (
    <div role="status" aria-live="polite">
      {state === "offline" && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-3 py-1.5 text-warn">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          Live updates are interrupted. Reconnecting; the page catches up by itself.
        </p>
      )}
    </div>
  );
}
