"use client";

import { ScrollText } from "lucide-react";
import { CollectionEditor } from "#features/scene-prompts/collection-editor.tsx";
import { SceneLinks } from "#features/scene-prompts/scene-links.tsx";
import { useBranchEvents } from "#features/scene-prompts/use-branch-events.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Link } from "#ui/link.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const BranchPromptsQuery = graphql(`
  query BranchPrompts($id: ID!) {
    branch(id: $id) {
      id
      name
      scenes(first: 1) {
        totalCount
      }
      promptCollection {
        id
        ...EditedCollection
      }
      project {
        id
        name
        viewerRole
        libraries {
          id
          name
          delimiter
          keys
        }
      }
    }
  }
`);

/** The prompts that the scenes of a branch fall back to. */
export function BranchPromptsPage({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: BranchPromptsQuery, variables: { id } });
  const revision = useBranchEvents(result.data?.branch?.id, refetch);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-24" />}>
      {({ branch }) => {
        if (!branch) return <NoBranch />;
        const { project, scenes } = branch;
        return (
          <ProjectAccess role={project.viewerRole}>
            <PageHeader
              title={`Prompts of ${project.name}, ${branch.name}`}
              parent={{
                href: `/stories/branches/${encodeURIComponent(branch.id)}`,
                label: `${project.name}, ${branch.name}`,
              }}
              meta={
                <span>{`What ${plural(scenes.totalCount, "scene")} fall back to, name by name, where they have none of their own`}</span>
              }
            />
            <ErrorBoundary name="The scenes">
              <SceneLinks branchId={branch.id} revision={revision} />
            </ErrorBoundary>
            <CollectionEditor
              key={branch.id}
              target={{ branchId: branch.id }}
              name={`${project.name} ${branch.name}`}
              collection={branch.promptCollection ?? null}
              branch={branch}
              libraries={project.libraries}
              revision={revision}
            />
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}

function NoBranch() {
  return (
    <EmptyState
      icon={ScrollText}
      title="This branch does not exist"
      isPage
      actions={
        <Button asChild>
          <Link href="/stories">All stories</Link>
        </Button>
      }
    />
  );
}
