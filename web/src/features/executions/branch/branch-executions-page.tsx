"use client";

import { Clapperboard } from "lucide-react";
import { useState } from "react";
import { ExecutionRows } from "#features/executions/branch/execution-rows.tsx";
import { NoBranch } from "#features/executions/branch/no-branch.tsx";
import { startHref } from "#features/executions/execution-hrefs.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useResultsRevision } from "#lib/graphql/use-results-revision.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const BranchExecutionsQuery = graphql(`
  query BranchExecutions($id: ID!) {
    branch(id: $id) {
      id
      name
      isMain
      project {
        id
        name
        viewerRole
      }
    }
  }
`);

const ExecutionListQuery = graphql(`
  query ExecutionList($branchId: ID!, $after: String) {
    executions(branchId: $branchId, first: 25, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...ExecutionRow
      }
    }
  }
`);

/** The films that were made of a branch, newest first, and the way to the next. */
export function BranchExecutionsPage({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: BranchExecutionsQuery, variables: { id } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-20" />}>
      {({ branch }) => {
        if (!branch) return <NoBranch />;
        const start = (
          <Button asChild needs="CREATOR" variant="primary">
            <Link href={startHref(id)}>
              <Clapperboard aria-hidden />
              Render the film
            </Link>
          </Button>
        );
        return (
          <ProjectAccess role={branch.project.viewerRole}>
            <PageHeader
              title={`Films of ${branch.project.name}`}
              parent={{ href: `/stories/branches/${encodeURIComponent(id)}`, label: "Scenes" }}
              meta={!branch.isMain && <span>{`branch ${branch.name}`}</span>}
              actions={start}
            />
            <ErrorBoundary name="The films">
              <ExecutionList branchId={id} />
            </ErrorBoundary>
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}

function ExecutionList({ branchId }: { branchId: string }) {
  // Those that others start are heard of by their first results.
  const results = useResultsRevision();
  const [changes, setChanges] = useState(0);
  return (
    <Pages
      query={ExecutionListQuery}
      variables={{ branchId }}
      select={(data) => data.executions}
      revision={results + changes}
      loading={<SkeletonRows count={4} className="h-20" />}
      more={(load) => <LoadMore onLoad={load} />}
      failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
    >
      {(executions, { offset }) =>
        offset === 0 && executions.length === 0 ? (
          <EmptyState icon={Clapperboard} title="No film yet">
            A film is made in two steps: images of each scene, of which you choose one each, then a clip from each scene
            to the next.
          </EmptyState>
        ) : (
          <ExecutionRows executions={executions} onChange={() => setChanges((before) => before + 1)} />
        )
      }
    </Pages>
  );
}
