"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { SessionGate } from "#features/accounts/session-gate.tsx";
import { Shell } from "#features/shell/shell.tsx";
import { doorPaths } from "#lib/auth/return-path.ts";
import { AccessProvider } from "#lib/graphql/access-provider.tsx";
import { GraphqlProvider } from "#lib/graphql/provider.tsx";
import { Toaster } from "#ui/toast.tsx";
import { TooltipLayer } from "#ui/tooltip-layer.tsx";

/** The studio around a page; pages for people who are not signed in stand alone, and ask its API for nothing. */
export function Providers({ children }: { children: ReactNode }) {
  if (doorPaths.includes(usePathname())) return children;
  return (
    <GraphqlProvider>
      <AccessProvider>
        <Shell>{children}</Shell>
      </AccessProvider>
      <SessionGate />
      <Toaster />
      <TooltipLayer />
    </GraphqlProvider>
  );
}
