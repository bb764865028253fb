"use client";

import { Columns2 } from "lucide-react";
import { OutputGrid } from "#features/gallery/output-grid.tsx";
import { TakeList } from "#features/gallery/takes/take-list.tsx";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { TabPanel, Tabs } from "#ui/tabs.tsx";

const views = [
  { value: "outputs", label: "Outputs" },
  { value: "takes", label: "Takes" },
];

export function GalleryPage() {
  const [viewParam, setView] = useUrlParam("view");
  const view = viewParam === "takes" ? "takes" : "outputs";
  return (
    <>
      <PageHeader
        title="Gallery"
        actions={
          view === "takes" && (
            <Button asChild>
              <Link href="/comparisons">
                <Columns2 aria-hidden />
                Comparisons
              </Link>
            </Button>
          )
        }
      />
      <Tabs
        label="What to show"
        value={view}
        onValueChange={(next) => setView(next === "outputs" ? "" : next)}
        tabs={views}
      >
        <TabPanel value="outputs">
          <ErrorBoundary name="The outputs">
            <OutputGrid />
          </ErrorBoundary>
        </TabPanel>
        <TabPanel value="takes">
          <ErrorBoundary name="The takes">
            <TakeList />
          </ErrorBoundary>
        </TabPanel>
      </Tabs>
    </>
  );
}
