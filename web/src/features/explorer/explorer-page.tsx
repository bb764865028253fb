"use client";

import dynamic from "next/dynamic";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const loading = () => (
  <div role="status" className="h-full">
    <span className="sr-only">Loading</span>
    <Skeleton className="h-full" />
  </div>
);

// Editors of this kind are larger than all of the rest: they come when this page is asked for, and with no other.
const Explorer = dynamic(async () => (await import("#features/explorer/explorer.tsx")).Explorer, {
  ssr: false,
  loading,
});

/** The API, tried out with the viewer's own rights against this very studio. */
export function ExplorerPage() {
  return (
    <div className="flex h-[calc(100dvh-92px)] min-h-[480px] flex-col max-md:h-[calc(100dvh-150px)]">
      <PageHeader
        title="API explorer"
        meta="Runs against this studio, with your rights: a mutation changes what you see on the other pages."
      />
      <div className="min-h-0 grow overflow-hidden rounded-md border">
        <ErrorBoundary name="The explorer">
          <Explorer />
        </ErrorBoundary>
      </div>
    </div>
  );
}
