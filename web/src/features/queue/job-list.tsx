"use client";

import { defaultRangeExtractor, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { JobCard, type JobCardValues } from "#features/queue/job-card.tsx";
import type { JobFilter } from "#features/queue/job-page.tsx";
import { useJobPages } from "#features/queue/use-job-pages.tsx";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import type { Selection } from "#lib/hooks/use-selection.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";

interface JobListProps {
  filter: JobFilter;
  revision: number;
  openIds: ReadonlySet<string>;
  onToggle: (id: string) => void;
  selection: Pick<Selection<JobCardValues>, "has" | "set" | "showPage">;
  /** Said instead of a list without a job. */
  empty: ReactNode;
}

/** Height of a folded row in pixels, before it has been measured. */
const estimate = 90;
/** From so many jobs before the end on, the next page is asked for. */
const ahead = 100;

/** The jobs of the queue; only those in sight, and some around them, are in the document. */
export function JobList({ filter, revision, openIds, onToggle, selection, empty }: JobListProps) {
  const { jobs: loaded, failure, retry, loadMore, render } = useJobPages(filter, revision);
  const jobs = loaded ?? none;
  const { showPage } = selection;
  useEffect(() => {
    showPage(0, jobs);
    return () => showPage(0, null);
  }, [jobs, showPage]);

  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const isThere = jobs.length > 0;
  useLayoutEffect(() => {
    if (isThere && list.current) setTop(list.current.getBoundingClientRect().top + window.scrollY);
  }, [isThere]);
  /** The row that the focus was in last stays, wherever it is: its menu or its dialog may be open. */
  const focused = useRef<string | null>(null);
  const virtual = useWindowVirtualizer({
    count: jobs.length,
    estimateSize: () => estimate,
    getItemKey: (index) => jobs[index]?.id ?? index,
    overscan: 12,
    scrollMargin: top,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const kept = focused.current === null ? -1 : jobs.findIndex(({ id }) => id === focused.current);
      return kept === -1 || shown.includes(kept) ? shown : [...shown, kept].toSorted((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const sight = [virtual.range?.startIndex ?? 0, virtual.range?.endIndex ?? 0] as const;
  useEffect(() => {
    if (loadMore && sight[1] >= jobs.length - ahead) loadMore();
  });

  // What a person looks at stays where it is when jobs come in above it.
  const anchor = useRef<{ jobs: readonly JobCardValues[]; id: string; start: number } | null>(null);
  useLayoutEffect(() => {
    const before = anchor.current;
    if (before && before.jobs !== jobs && window.scrollY > top) {
      const index = jobs.findIndex(({ id }) => id === before.id);
      const moved = (virtual.measurementsCache[index]?.start ?? before.start) - before.start;
      if (moved !== 0) window.scrollBy({ top: moved, behavior: "instant" });
    }
    const first = jobs[sight[0]];
    const start = virtual.measurementsCache[sight[0]]?.start;
    anchor.current = first && start !== undefined ? { jobs, id: first.id, start } : null;
  });
  const onFocus = (event: FocusEvent) => {
    const row = event.target.closest("[data-job]");
    if (row) focused.current = row.getAttribute("data-job");
  };

  return (
    <>
      {render(sight)}
      {!loaded && !failure && <SkeletonRows count={6} className="h-20" />}
      {loaded && jobs.length === 0 && !failure && empty}
      {isThere && (
        <ul
          ref={list}
          aria-label="Jobs"
          className="relative border-t"
          style={{ height: virtual.getTotalSize() }}
          onFocus={onFocus}
        >
          {items.map((item) => {
            const job = jobs[item.index];
            return (
              job && (
                <li
                  key={job.id}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  data-job={job.id}
                  aria-setsize={loadMore ? -1 : jobs.length}
                  aria-posinset={item.index + 1}
                  className="absolute inset-x-0 border-b"
                  style={{ top: item.start - top }}
                >
                  <JobCard
                    job={job}
                    isOpen={openIds.has(job.id)}
                    onToggle={onToggle}
                    isSelected={selection.has(job.id)}
                    onSelect={selection.set}
                  />
                </li>
              )
            );
          })}
        </ul>
      )}
      {failure && <FailureNotice failure={failure} onRetry={retry} />}
    </>
  );
}

const none: readonly JobCardValues[] = [];
