"use client";

import { useState } from "react";
import { RunRow } from "#features/queue/run-row.tsx";
import { graphql } from "#gql/gql.ts";
import type { RunStatus } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { Panel } from "#ui/panel.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const RunListQuery = graphql(`
  query RunList($id: ID!, $after: String, $status: [RunStatus!]) {
    job(id: $id) {
      id
      runs(first: 50, after: $after, status: $status) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...RunRow
        }
      }
    }
  }
`);

const filters: readonly { value: string; label: string; status: RunStatus[] | null }[] = [
  { value: "all", label: "All runs", status: null },
  { value: "active", label: "Active", status: ["CLAIMED", "SUBMITTED", "RUNNING", "COLLECTING", "CANCELING"] },
  { value: "pending", label: "Pending", status: ["PENDING"] },
  { value: "succeeded", label: "Succeeded", status: ["SUCCEEDED"] },
  { value: "failed", label: "Failed", status: ["FAILED"] },
  { value: "canceled", label: "Canceled", status: ["CANCELED"] },
];

const none = { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null } };

export function RunList({ jobId, revision }: { jobId: string; revision: number }) {
  const [filter, setFilter] = useState("all");
  const status = filters.find((each) => each.value === filter)?.status ?? null;
  return (
    <Panel
      title="Runs"
      actions={
        <Select aria-label="Which runs" className="w-36" value={filter} options={filters} onValueChange={setFilter} />
      }
    >
      <Pages
        query={RunListQuery}
        variables={{ id: jobId, status }}
        select={(data) => data.job?.runs ?? none}
        revision={revision}
        loading={<SkeletonRows count={4} className="h-12" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(runs, { offset }) =>
          offset === 0 && runs.length === 0 ? (
            <p className="text-ink-2">No run is in this state.</p>
          ) : (
            <ol>
              {runs.map((run) => (
                <RunRow key={run.id} run={run} jobId={jobId} />
              ))}
            </ol>
          )
        }
      </Pages>
    </Panel>
  );
}
