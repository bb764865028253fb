"use client";

import { useEffect, useMemo } from "react";
import { JobCard, type JobCardFields, type JobCardValues, readJobCard } from "#features/queue/job-card.tsx";
import type { FragmentType } from "#gql/fragment-masking.ts";
import type { Selection } from "#lib/hooks/use-selection.ts";

interface Props {
  jobs: readonly FragmentType<typeof JobCardFields>[];
  offset: number;
  openIds: ReadonlySet<string>;
  onToggle: (id: string) => void;
  selection: Selection<JobCardValues>;
}

/** Of how many cards the first screen is made. */
const firstScreen = 12;

/** One page of the queue. */
export function JobRows({ jobs, offset, openIds, onToggle, selection }: Props) {
  const rows = useMemo(() => jobs.map((job) => readJobCard(job)), [jobs]);
  const { showPage } = selection;
  useEffect(() => {
    showPage(offset, rows);
    return () => showPage(offset, null);
  }, [offset, rows, showPage]);
  return (
    <ul className={offset === 0 ? "border-t" : undefined}>
      {rows.map((job, index) => (
        <JobCard
          key={job.id}
          job={job}
          isOpen={openIds.has(job.id)}
          isFirst={offset === 0 && index < firstScreen}
          onToggle={onToggle}
          isSelected={selection.has(job.id)}
          onSelect={selection.set}
        />
      ))}
    </ul>
  );
}
