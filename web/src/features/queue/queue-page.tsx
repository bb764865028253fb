"use client";

import { FileUp, ListFilter, Sparkles } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { BulkBar } from "#features/queue/bulk-bar.tsx";
import { ClearQueue } from "#features/queue/clear-queue.tsx";
import type { JobCardValues } from "#features/queue/job-card.tsx";
import { JobList } from "#features/queue/job-list.tsx";
import type { JobFilter } from "#features/queue/job-page.tsx";
import { jobStatuses } from "#features/queue/job-status.ts";
import { PauseSwitch } from "#features/queue/pause-switch.tsx";
import { StatusFilter } from "#features/queue/status-filter.tsx";
import { QueueEvents } from "#features/queue/queue-events.tsx";
import { useSelection } from "#lib/hooks/use-selection.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Select } from "#ui/select.tsx";

/** The order of the list, by its value in the address. */
const sorts = [
  { value: "", label: "Actionable first" },
  { value: "newest", label: "Newest first" },
];

/** The queue, live. Filters, order and unfolded jobs are in the address. */
export function QueuePage() {
  const [statusParam, setStatusParam] = useUrlParam("status");
  const [search, setSearch] = useUrlParam("q");
  const [sort, setSort] = useUrlParam("sort");
  const [openParam, setOpenParam] = useUrlParam("open");
  const [text, setText] = useState(search);
  const settled = useDebounced(text.trim(), 200);
  useEffect(() => setSearch(settled), [settled, setSearch]);
  const [revision, setRevision] = useState(0);
  const grow = useCallback(() => setRevision((before) => before + 1), []);

  const selected = useMemo(
    () => jobStatuses.filter((status) => statusParam.split(",").includes(status)),
    [statusParam],
  );
  const open = useMemo(() => new Set(openParam.split(",").filter(Boolean)), [openParam]);
  const latestOpen = useRef(open);
  useEffect(() => {
    latestOpen.current = open;
  });
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(latestOpen.current);
      if (!next.delete(id)) next.add(id);
      setOpenParam([...next].join());
    },
    [setOpenParam],
  );
  const selection = useSelection<JobCardValues>();
  const filter = useMemo<JobFilter>(
    () => ({
      status: selected.length > 0 ? selected : null,
      search: settled || null,
      sort: sort === "newest" ? "NEWEST" : "ACTIONABLE",
    }),
    [selected, settled, sort],
  );
  const isFiltered = selected.length > 0 || settled !== "";

  return (
    <>
      <QueueEvents onListChanged={grow} />
      <PageHeader
        title="Queue"
        actions={
          <>
            <ClearQueue />
            <PauseSwitch />
          </>
        }
      />
      <div className="mb-3 flex flex-col gap-2 lg:flex-row lg:items-center">
        <div className="flex gap-2 lg:contents">
          <SearchInput
            label="Search jobs"
            value={text}
            onValueChange={setText}
            className="min-w-0 grow lg:w-64 lg:grow-0"
          />
          <Select
            aria-label="Order"
            className="w-36 shrink-0 lg:order-last lg:ml-auto"
            value={sort}
            options={sorts}
            onValueChange={setSort}
          />
        </div>
        <StatusFilter selected={selected} onChange={(next) => setStatusParam(next.join())} revision={revision} />
      </div>
      <JobList
        filter={filter}
        revision={revision}
        openIds={open}
        onToggle={toggle}
        selection={selection}
        empty={
          isFiltered ? (
            <EmptyState
              icon={ListFilter}
              title="No job matches"
              actions={
                <Button
                  onClick={() => {
                    setText("");
                    setStatusParam("");
                  }}
                >
                  Show all jobs
                </Button>
              }
            />
          ) : (
            <EmptyState
              icon={FileUp}
              title="Nothing in the queue"
              actions={
                <Button asChild variant="primary">
                  <Link href="/generate">
                    <Sparkles aria-hidden />
                    Generate
                  </Link>
                </Button>
              }
            >
              Drop a ComfyUI workflow anywhere on this page to import it, or generate with one that is here already.
            </EmptyState>
          )
        }
      />
      {selection.selected.length > 0 && (
        <BulkBar
          selected={selection.selected}
          onSelectAll={selection.state === "all" ? null : () => selection.setAll(true)}
          onClear={() => selection.setAll(false)}
        />
      )}
    </>
  );
}
