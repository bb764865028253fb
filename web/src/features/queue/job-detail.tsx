"use client";

import { SearchX } from "lucide-react";
import { useState } from "react";
import { ActiveRuns } from "#features/queue/active-runs.tsx";
import { JobAccess } from "#features/queue/job-access.tsx";
import { JobActions } from "#features/queue/job-actions.tsx";
import { JobFacts } from "#features/queue/job-facts.tsx";
import { JobResults } from "#features/queue/job-results.tsx";
import { OutcomeBar } from "#features/queue/outcome-bar.tsx";
import { RemixJob } from "#features/queue/remix-job.tsx";
import { RunList } from "#features/queue/run-list.tsx";
import { useJobEvents } from "#features/queue/use-job-events.ts";
import { WatchButton } from "#features/queue/watch-job.tsx";
import { describeCounts, hasEnded } from "#features/queue/job-status.ts";
import { graphql } from "#gql/gql.ts";
import { formatPercent } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";

const JobDetailQuery = graphql(`
  query JobDetail($id: ID!) {
    job(id: $id) {
      id
      name
      status
      progress
      isPaused
      counts {
        total
        pending
        active
        canceling
        succeeded
        failed
        canceled
      }
      ...JobActions
      ...JobFacts
      ...RemixJob
      ...JobCard
    }
  }
`);

export function JobDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: JobDetailQuery, variables: { id } });
  const [revision, setRevision] = useState(0);
  useJobEvents(result.data?.job ?? undefined, () => setRevision((before) => before + 1));
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={5} />}>
      {({ job }) =>
        !job ? (
          <EmptyState
            icon={SearchX}
            title="This job does not exist"
            isPage
            actions={
              <Button asChild>
                <Link href="/">Go to the queue</Link>
              </Button>
            }
          />
        ) : (
          <JobAccess jobId={job.id}>
            <PageHeader
              title={job.name}
              parent={{ href: "/", label: "Queue" }}
              meta={
                <>
                  <StatusBadge status={job.status} />
                  {job.isPaused && job.status !== "PAUSED" && <StatusBadge status="PAUSED" />}
                  <span>{describeCounts(job.counts)}</span>
                </>
              }
              actions={
                <>
                  {!hasEnded(job.status) && <WatchButton jobId={job.id} />}
                  <RemixJob job={job} />
                  <JobActions job={job} />
                </>
              }
            />
            <div className="mb-6 flex items-center gap-3">
              <OutcomeBar label="Progress of the job" counts={job.counts} progress={job.progress} className="h-1.5" />
              {!hasEnded(job.status) && (
                <span className="w-10 shrink-0 text-right text-ink-2">{formatPercent(job.progress)}</span>
              )}
            </div>
            <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_320px]">
              <div className="flex min-w-0 flex-col gap-8">
                {job.counts.active > 0 && (
                  <ErrorBoundary name="The running runs">
                    <ActiveRuns jobId={job.id} />
                  </ErrorBoundary>
                )}
                <ErrorBoundary name="The results">
                  <JobResults id={job.id} revision={revision} />
                </ErrorBoundary>
                <ErrorBoundary name="The runs">
                  <RunList jobId={job.id} revision={revision} />
                </ErrorBoundary>
              </div>
              <ErrorBoundary name="The job's facts">
                <JobFacts job={job} />
              </ErrorBoundary>
            </div>
          </JobAccess>
        )
      }
    </QueryPanel>
  );
}
