"use client";

import type { ReactNode } from "react";
import { GraphqlProvider } from "#lib/graphql/provider.tsx";
import { Toaster } from "#ui/toast.tsx";
import { TooltipProvider } from "#ui/tooltip.tsx";

export function Providers({ wsUrl, children }: { wsUrl: string | null; children: ReactNode }) {
  return (
    <GraphqlProvider wsUrl={wsUrl}>
      <TooltipProvider delayDuration={400}>
        {children}
        <Toaster />
      </TooltipProvider>
    </GraphqlProvider>
  );
}
