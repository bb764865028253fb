"use client";

import { ScrollText } from "lucide-react";
import { CollectionEditor } from "#features/scene-prompts/collection-editor.tsx";
import { SceneMetadataPanel } from "#features/scene-prompts/metadata/scene-metadata-panel.tsx";
import { useBranchEvents } from "#features/scene-prompts/use-branch-events.ts";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Link } from "#ui/link.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const ScenePromptsQuery = graphql(`
  query ScenePrompts($id: ID!) {
    scene(id: $id) {
      id
      number
      title
      promptCollection {
        id
        ...EditedCollection
      }
      branch {
        id
        name
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
      ...SceneMetadataPanel
    }
  }
`);

/** The prompts of a scene, and what else it is rendered with. */
export function ScenePromptsPage({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: ScenePromptsQuery, variables: { id } });
  const revision = useBranchEvents(result.data?.scene?.branch.id, refetch);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-24" />}>
      {({ scene }) => {
        if (!scene) return <NoScene />;
        const { branch, number, title } = scene;
        return (
          <ProjectAccess role={branch.project.viewerRole}>
            <PageHeader
              title={`Prompts of scene ${number}: ${title}`}
              parent={{
                href: `/stories/scenes/${encodeURIComponent(id)}`,
                label: `${branch.project.name}, ${branch.name}: scene ${number}`,
              }}
            />
            <div className="mb-10">
              <CollectionEditor
                key={scene.id}
                target={{ sceneId: scene.id }}
                name={title}
                collection={scene.promptCollection ?? null}
                branch={branch}
                fallback={branch.promptCollection ?? null}
                libraries={branch.project.libraries}
                revision={revision}
              />
            </div>
            <ErrorBoundary name="What the scene is rendered with">
              <SceneMetadataPanel key={scene.id} scene={scene} />
            </ErrorBoundary>
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}

function NoScene() {
  return (
    <EmptyState
      icon={ScrollText}
      title="This scene does not exist"
      isPage
      actions={
        <Button asChild>
          <Link href="/stories">All stories</Link>
        </Button>
      }
    />
  );
}
