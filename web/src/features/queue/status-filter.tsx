"use client";

import { jobStatuses } from "#features/queue/job-status.ts";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { cn } from "#lib/cn.ts";
import { sentence } from "#lib/format.ts";
import { useEffect, useRef } from "react";
import { statusIcon } from "#ui/status-badge.tsx";

const QueueCountsQuery = graphql(`
  query QueueCounts {
    RUNNING: jobs(first: 1, status: [RUNNING]) {
      totalCount
    }
    FAILED: jobs(first: 1, status: [FAILED]) {
      totalCount
    }
    PARTIAL: jobs(first: 1, status: [PARTIAL]) {
      totalCount
    }
    PENDING: jobs(first: 1, status: [PENDING]) {
      totalCount
    }
    PAUSED: jobs(first: 1, status: [PAUSED]) {
      totalCount
    }
    CANCELED: jobs(first: 1, status: [CANCELED]) {
      totalCount
    }
    SUCCEEDED: jobs(first: 1, status: [SUCCEEDED]) {
      totalCount
    }
  }
`);

interface StatusFilterProps {
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  revision: number;
}

/** Chips with the number of jobs per status; pressing narrows the list. */
export function StatusFilter({ selected, onChange, revision }: StatusFilterProps) {
  const [{ data }, refetch] = useQuery({ query: QueueCountsQuery });
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    refetch();
  }, [revision, refetch]);
  return (
    <div role="group" aria-label="Filter by status" className="flex gap-1.5 overflow-x-auto py-0.5">
      {jobStatuses.map((status) => {
        const isOn = selected.includes(status);
        const Icon = statusIcon(status);
        const count = data?.[status].totalCount;
        return (
          <button
            key={status}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange(isOn ? selected.filter((each) => each !== status) : [...selected, status])}
            className={cn(
              "flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-sm transition-colors max-lg:h-8",
              isOn ? "border-accent bg-accent-soft text-accent-ink" : "border-line-strong text-ink-2 hover:bg-hover",
            )}
          >
            <Icon aria-hidden className="size-3.5" />
            {sentence(status)}
            <span
              className={cn(
                "min-w-4 text-right font-medium",
                !isOn && count !== 0 && "text-ink",
                count === 0 && "text-ink-3",
              )}
            >
              {count ?? "–"}
            </span>
          </button>
        );
      })}
    </div>
  );
}
