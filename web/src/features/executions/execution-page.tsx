"use client";

import { Clapperboard } from "lucide-react";
import { ExecutionActions } from "#features/executions/execution-actions.tsx";
import { ExecutionFacts } from "#features/executions/execution-facts.tsx";
import { executionsHref } from "#features/executions/execution-hrefs.ts";
import { ExecutionStatusBadge } from "#features/executions/execution-status.tsx";
import { ExecutionSteps, ExecutionStepsFields } from "#features/executions/execution-steps.tsx";
import { FilmPanel } from "#features/executions/film/film-panel.tsx";
import { TransitionStrip } from "#features/executions/film/transition-strip.tsx";
import { SceneGrid } from "#features/executions/scenes/scene-grid.tsx";
import { useExecutionEvents } from "#features/executions/use-execution-events.ts";
import { readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { Notice } from "#ui/notice.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const ExecutionPageQuery = graphql(`
  query ExecutionPage($id: ID!) {
    execution(id: $id) {
      id
      execId
      createdAt
      error
      branch {
        id
        name
        isMain
        project {
          id
          name
          viewerRole
        }
      }
      ...ExecutionSteps
      ...ExecutionActions
      ...SceneGrid
      ...TransitionStrip
      ...FilmPanel
      ...ExecutionFacts
    }
  }
`);

/** An execution: the images of its scenes to choose from, the clips between them, and the film. */
export function ExecutionPage({ id }: { id: string }) {
  const [result, refetch] = useQuery({
    query: ExecutionPageQuery,
    variables: { id },
    // Addresses of files expire.
    requestPolicy: "cache-and-network",
  });
  useExecutionEvents(result.data?.execution ? [id] : [], refetch);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-48" />}>
      {({ execution }) => {
        if (!execution) return <NoExecution />;
        const { execId, createdAt, branch, error } = execution;
        const { status } = readFragment(ExecutionStepsFields, execution);
        return (
          <ProjectAccess role={branch.project.viewerRole}>
            <PageHeader
              title={branch.project.name}
              parent={{ href: executionsHref(branch.id), label: "Films" }}
              meta={
                <>
                  <ExecutionStatusBadge status={status} />
                  <CopyableId name="execution id" value={execId} />
                  {!branch.isMain && <span>{`branch ${branch.name}`}</span>}
                  <TimeAgo at={createdAt} />
                </>
              }
              actions={<ExecutionActions execution={execution} />}
            />
            {error && (
              <div className="mb-4">
                <Notice tone="bad" title="The film could not be joined">
                  {error}
                </Notice>
              </div>
            )}
            <ErrorBoundary name="The steps">
              <ExecutionSteps execution={execution} />
            </ErrorBoundary>
            <div className="flex flex-col gap-10">
              <ErrorBoundary name="The film">
                <FilmPanel execution={execution} />
              </ErrorBoundary>
              <ErrorBoundary name="The scenes">
                <SceneGrid execution={execution} />
              </ErrorBoundary>
              <ErrorBoundary name="The clips">
                <TransitionStrip execution={execution} />
              </ErrorBoundary>
              <ErrorBoundary name="What it is made of">
                <ExecutionFacts execution={execution} />
              </ErrorBoundary>
            </div>
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}

function NoExecution() {
  return (
    <EmptyState
      icon={Clapperboard}
      title="This film does not exist"
      isPage
      actions={
        <Button asChild>
          <Link href="/stories">All stories</Link>
        </Button>
      }
    />
  );
}
