"use client";

import { Clapperboard } from "lucide-react";
import { useState } from "react";
import { SceneDefaultsEditor } from "#features/prompts/scene-types/scene-defaults-editor.tsx";
import { SceneTypeActions } from "#features/prompts/scene-types/scene-type-actions.tsx";
import { StrategySummary } from "#features/prompts/scene-types/strategy-summary.tsx";
import { UpgradeNotice } from "#features/prompts/scene-types/upgrade-notice.tsx";
import { SceneTypeSettings } from "#features/prompts/scene-types/scene-type-settings.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const SceneTypeDetailQuery = graphql(`
  query SceneTypeDetail($id: ID!) {
    sceneType(id: $id) {
      id
      name
      description
      promptDefaults {
        id
      }
      project {
        id
        name
        viewerRole
      }
      workflow {
        id
        name
      }
      workflowVersion {
        id
        number
      }
      ...SceneDefaultsEditor
      ...SceneTypeSettings
      ...StrategySummary
      ...UpgradeNotice
    }
  }
`);

export function SceneTypeDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: SceneTypeDetailQuery, variables: { id } });
  const [isEditing, setIsEditing] = useState(false);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={4} className="h-32" />}>
      {({ sceneType }) =>
        !sceneType ? (
          <EmptyState
            icon={Clapperboard}
            title="This scene type does not exist"
            isPage
            actions={
              <Button asChild>
                <Link href="/scene-types">All scene types</Link>
              </Button>
            }
          />
        ) : (
          <ProjectAccess role={sceneType.project?.viewerRole}>
            <PageHeader
              title={sceneType.name}
              parent={{ href: "/scene-types", label: "Scene types" }}
              meta={
                <>
                  <span>{sceneType.project?.name ?? "Whole studio"}</span>
                  <Link href={`/workflows/${encodeURIComponent(sceneType.workflow.id)}`} className="hover:text-ink">
                    {`${sceneType.workflow.name}, version ${sceneType.workflowVersion.number}`}
                  </Link>
                  <StrategySummary sceneType={sceneType} />
                </>
              }
              actions={
                <SceneTypeActions
                  sceneType={sceneType}
                  textCount={sceneType.promptDefaults.length}
                  onSettings={() => setIsEditing(true)}
                />
              }
            />
            {sceneType.description && <p className="-mt-2 mb-4 max-w-3xl text-ink-2">{sceneType.description}</p>}
            <UpgradeNotice sceneType={sceneType} />
            <ErrorBoundary name="The prompts">
              <SceneDefaultsEditor key={sceneType.id} sceneType={sceneType} projectId={sceneType.project?.id ?? null} />
            </ErrorBoundary>
            {isEditing && <SceneTypeSettings sceneType={sceneType} onClose={() => setIsEditing(false)} />}
          </ProjectAccess>
        )
      }
    </QueryPanel>
  );
}
