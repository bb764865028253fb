"use client";

import { memo, useEffect, useMemo, useRef, useState } from "react";
import { type JobCardValues, readJobCard } from "#features/queue/job-card.tsx";
import { graphql } from "#gql/gql.ts";
import type { JobSort, JobStatus } from "#gql/graphql.ts";
import { type Failure, failureOf } from "#lib/graphql/failure.ts";
import { useQuery } from "#lib/graphql/use-query.ts";

const QueueQuery = graphql(`
  query Queue($after: String, $status: [JobStatus!], $search: String, $sort: JobSort) {
    jobs(first: 50, after: $after, status: $status, search: $search, sort: $sort) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...JobCard
      }
    }
  }
`);

/** Which jobs, and in which order. */
export interface JobFilter {
  status: JobStatus[] | null;
  search: string | null;
  sort: JobSort;
}

/** What is known of a page. */
export interface JobPageState {
  filter: JobFilter;
  jobs: readonly JobCardValues[];
  /** Where the next page begins; null when this is the last. */
  next: string | null;
  failure: Failure | null;
  retry: () => void;
}

interface JobPageProps {
  index: number;
  after: string | null;
  filter: JobFilter;
  /** In sight, or close to it. */
  isNear: boolean;
  /** Every change reads the page again; one out of sight when it comes near. */
  revision: number;
  onPage: (index: number, page: JobPageState) => void;
}

/**
 * Reads one page of the queue and keeps it up to date; shows nothing itself. A page far away stays as it was last read, for
 * a list of a hundred pages would otherwise be read again whenever any job changes its status.
 */
export const JobPage = memo(function JobPage({ index, after, filter, isNear, revision, onPage }: JobPageProps) {
  const [cursor, setCursor] = useState(after);
  if (isNear && cursor !== after) setCursor(after);
  const variables = useMemo(() => ({ ...filter, after: cursor }), [filter, cursor]);
  const [{ data, error, fetching }, refetch] = useQuery({ query: QueueQuery, variables });
  const seen = useRef(revision);
  useEffect(() => {
    if (!isNear || seen.current === revision) return;
    seen.current = revision;
    refetch();
  }, [isNear, revision, refetch]);

  const jobs = useMemo(() => data?.jobs.nodes.map((job) => readJobCard(job)), [data]);
  const pageInfo = data?.jobs.pageInfo;
  const next = (pageInfo?.hasNextPage && pageInfo.endCursor) || null;
  useEffect(() => {
    // While another filter's answer is on its way, the data are still those of the one before.
    if (fetching) return;
    const failure = !jobs && error ? failureOf(error) : null;
    if (jobs || failure) onPage(index, { filter, jobs: jobs ?? [], next, failure, retry: refetch });
  }, [index, filter, jobs, next, error, fetching, refetch, onPage]);
  return null;
});
