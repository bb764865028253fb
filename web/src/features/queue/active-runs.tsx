"use client";

import { RunRow } from "#features/queue/run-row.tsx";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Panel } from "#ui/panel.tsx";

// The field and its arguments are those of the job's live events: these update it in the cache.
const ActiveRunsQuery = graphql(`
  query ActiveRuns($id: ID!) {
    job(id: $id) {
      id
      activeRuns: runs(first: 20, status: [CLAIMED, SUBMITTED, RUNNING, COLLECTING, CANCELING]) {
        nodes {
          id
          ...RunRow
        }
      }
    }
  }
`);

/** The runs that are on a machine now, with their previews. */
export function ActiveRuns({ jobId }: { jobId: string }) {
  const [{ data }] = useQuery({ query: ActiveRunsQuery, variables: { id: jobId }, requestPolicy: "cache-first" });
  const runs = data?.job?.activeRuns.nodes ?? [];
  if (runs.length === 0) return null;
  return (
    <Panel title="Running now">
      <ol>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} jobId={jobId} hasPreview />
        ))}
      </ol>
    </Panel>
  );
}
