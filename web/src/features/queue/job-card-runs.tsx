"use client";

import { JobAccess } from "#features/queue/job-access.tsx";
import { RunLine } from "#features/queue/run-line.tsx";
import { useJobEvents } from "#features/queue/use-job-events.ts";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Link } from "#ui/link.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const JobCardRunsQuery = graphql(`
  query JobCardRuns($id: ID!) {
    job(id: $id) {
      id
      status
      runs(first: 8) {
        totalCount
        nodes {
          id
          ...RunLine
        }
      }
    }
  }
`);

/** The first runs of an unfolded job, live. */
export function JobCardRuns({ id, href }: { id: string; href: string }) {
  const [result, refresh] = useQuery({ query: JobCardRunsQuery, variables: { id } });
  useJobEvents(result.data?.job ?? undefined, refresh);
  return (
    <QueryPanel result={result} onRetry={refresh} loading={<SkeletonRows count={2} className="h-8" />}>
      {({ job }) =>
        job && (
          <JobAccess jobId={id}>
            <ol className="divide-y border-y">
              {job.runs.nodes.map((run) => (
                <RunLine key={run.id} run={run} />
              ))}
            </ol>
            <Link href={href} className="mt-2 inline-block text-accent-ink hover:underline">
              {job.runs.totalCount > job.runs.nodes.length ? `All ${job.runs.totalCount} runs` : "Job details"}
            </Link>
          </JobAccess>
        )
      }
    </QueryPanel>
  );
}
