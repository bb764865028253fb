"use client";

import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { JobCardValues } from "#features/queue/job-card.tsx";
import { type JobFilter, JobPage, type JobPageState } from "#features/queue/job-page.tsx";
import type { Failure } from "#lib/graphql/failure.ts";

interface JobPages {
  /** All jobs that are loaded, each once; null before the first answer. */
  jobs: readonly JobCardValues[] | null;
  /** Why the first page, or the one that was asked for last, could not be read. */
  failure: Failure | null;
  retry: () => void;
  /** Asks for the next page; null when there is none, or it is under way. */
  loadMore: (() => void) | null;
  /** What reads the pages: belongs somewhere in the tree. @param sight the first and last of the jobs that are in sight */
  render: (sight: readonly [number, number]) => ReactNode;
}

/** The queue as one growing list of jobs. With another filter it begins anew, and shows the old one until it has an answer. */
export function useJobPages(filter: JobFilter, revision: number): JobPages {
  const [pages, setPages] = useState<readonly JobPageState[]>([]);
  const [count, setCount] = useState(1);
  const [counted, setCounted] = useState(filter);
  if (counted !== filter) {
    setCounted(filter);
    setCount(1);
  }
  const onPage = useCallback((index: number, page: JobPageState) => {
    setPages((before) => {
      // The first page of another filter ends what was shown of the one before.
      const kept = index === 0 && before[0]?.filter !== page.filter ? [] : before;
      return index > kept.length ? before : [...kept.slice(0, index), page, ...kept.slice(index + 1)];
    });
  }, []);

  const isCurrent = pages[0]?.filter === filter;
  const shown = useMemo(() => (isCurrent ? pages.slice(0, count) : pages), [isCurrent, pages, count]);
  const jobs = useMemo(() => {
    const known = new Map<string, JobCardValues>();
    for (const page of shown) for (const job of page.jobs) if (!known.has(job.id)) known.set(job.id, job);
    return [...known.values()];
  }, [shown]);
  const last = shown.at(-1);
  const failed = shown.find(({ failure }) => failure);
  const isComplete = isCurrent && shown.length === count;
  const ends = useMemo(
    () => shown.reduce<number[]>((all, page) => [...all, (all.at(-1) ?? 0) + page.jobs.length], []),
    [shown],
  );

  return {
    jobs: pages.length === 0 || (failed && jobs.length === 0) ? null : jobs,
    failure: failed?.failure ?? null,
    retry: () => failed?.retry(),
    loadMore: isComplete && last?.next && !failed ? () => setCount((before) => Math.max(before, count + 1)) : null,
    render: ([from, to]) =>
      Array.from({ length: count }, (_, index) => {
        const begin = ends[index - 1] ?? 0;
        const isNear = !isCurrent || index >= ends.length || (begin <= to && (ends[index] ?? 0) >= from);
        return (
          <JobPage
            key={index}
            index={index}
            after={index === 0 ? null : (shown[index - 1]?.next ?? null)}
            filter={filter}
            isNear={isNear}
            revision={revision}
            onPage={onPage}
          />
        );
      }),
  };
}
