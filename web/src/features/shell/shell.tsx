"use client";

import type { ReactNode } from "react";
import { BottomNav } from "#features/shell/bottom-nav.tsx";
import { OfflineBanner } from "#features/shell/offline-banner.tsx";
import { SideNav } from "#features/shell/side-nav.tsx";
import { StatusBar } from "#features/shell/status-bar.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";

/** The frame around every page. */
export function Shell({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <SideNav />
      <div className="flex min-h-dvh min-w-0 grow flex-col max-md:pb-14">
        <OfflineBanner />
        <main id="main" tabIndex={-1} className="min-w-0 grow px-3 pt-4 pb-10 outline-none sm:px-6">
          {children}
        </main>
        <ErrorBoundary name="The status bar">
          <StatusBar />
        </ErrorBoundary>
      </div>
      <BottomNav />
    </div>
  );
}
