"use client";

import { NoBranch } from "#features/executions/branch/no-branch.tsx";
import { executionsHref } from "#features/executions/execution-hrefs.ts";
import { StartForm } from "#features/executions/start/start-form.tsx";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Editable } from "#ui/editable.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const StartPageQuery = graphql(`
  query StartPage($branchId: ID!) {
    branch(id: $branchId) {
      id
      name
      isMain
      project {
        id
        name
        viewerRole
      }
      scenes(first: 1) {
        totalCount
      }
    }
    executions(branchId: $branchId, first: 1) {
      nodes {
        id
        variants
        input {
          id
        }
        imageVersion {
          id
          workflow {
            id
          }
        }
        videoVersion {
          id
          workflow {
            id
          }
        }
      }
    }
  }
`);

/** Says what a branch is rendered with, and starts it; begins with what the last film was made of. */
export function StartPage({ branchId }: { branchId: string }) {
  const [result, refetch] = useQuery({ query: StartPageQuery, variables: { branchId } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-32" />}>
      {({ branch, executions }) => {
        if (!branch) return <NoBranch />;
        const last = executions.nodes[0];
        return (
          <ProjectAccess role={branch.project.viewerRole}>
            <PageHeader
              title={`Render ${branch.project.name}`}
              parent={{ href: executionsHref(branchId), label: "Films" }}
              meta={
                <>
                  <span>{plural(branch.scenes.totalCount, "scene")}</span>
                  {!branch.isMain && <span>{`branch ${branch.name}`}</span>}
                </>
              }
            />
            <ErrorBoundary name="The form">
              <Editable needs="CREATOR">
                <StartForm
                  branchId={branchId}
                  projectId={branch.project.id}
                  sceneCount={branch.scenes.totalCount}
                  last={{
                    inputAssetId: last?.input.id ?? "",
                    imageWorkflowId: last?.imageVersion.workflow.id ?? "",
                    videoWorkflowId: last?.videoVersion.workflow.id ?? "",
                    variants: last?.variants ?? 2,
                  }}
                />
              </Editable>
            </ErrorBoundary>
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}
