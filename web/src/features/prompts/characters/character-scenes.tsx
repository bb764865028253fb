"use client";

import { Clapperboard } from "lucide-react";
import { OverridePanel } from "#features/prompts/overrides/override-panel.tsx";
import type { OverrideTargets } from "#features/prompts/overrides/scopes.ts";
import { graphql } from "#gql/gql.ts";
import { SceneTypePicker } from "#lib/graphql/pickers/scene-type-picker.tsx";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { useUrlChoice } from "#lib/hooks/use-url-choice.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { Panel } from "#ui/panel.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

/** The scene type in the address, and the newest one for when that is none. */
const CharacterSceneTypeQuery = graphql(`
  query CharacterSceneType($projectId: ID!, $id: ID!, $isChosen: Boolean!) {
    sceneType(id: $id) @include(if: $isChosen) {
      id
      project {
        id
      }
    }
    sceneTypes(first: 1, forProjectId: $projectId) {
      nodes {
        id
      }
    }
  }
`);

/** What a character changes in the prompts of the scene type that is chosen. */
export function CharacterScenes({ targets }: { targets: OverrideTargets }) {
  const projectId = targets.project.id;
  const [param] = useUrlParam("scene");
  const [result, refetch] = useQuery({
    query: CharacterSceneTypeQuery,
    variables: { projectId, id: param, isChosen: param !== "" },
  });
  const { sceneType: chosen, sceneTypes } = result.data ?? {};
  const fits = chosen && (!chosen.project || chosen.project.id === projectId);
  const [sceneType, choose] = useUrlChoice("scene", [...(fits ? [chosen] : []), ...(sceneTypes?.nodes ?? [])]);
  const loading = <SkeletonRows count={3} className="h-24" />;
  return (
    <QueryPanel result={result} onRetry={refetch} loading={loading}>
      {() =>
        !sceneType ? (
          <EmptyState
            icon={Clapperboard}
            title="No scene type yet"
            actions={
              <Button asChild variant="primary">
                <Link href="/scene-types">Create a scene type</Link>
              </Button>
            }
          >
            With one, you can adjust its prompts for this character and generate takes.
          </EmptyState>
        ) : (
          <Panel
            title="In the scene type"
            actions={
              <SceneTypePicker
                className="mb-1 w-60 max-sm:w-40"
                projectId={projectId}
                value={sceneType.id}
                onValueChange={(next) => mayLeave() && choose(next)}
              />
            }
          >
            {result.fetching && param !== "" && sceneType.id !== param ? (
              loading
            ) : (
              <ErrorBoundary name="The overrides">
                <OverridePanel key={sceneType.id} sceneTypeId={sceneType.id} targets={targets} />
              </ErrorBoundary>
            )}
          </Panel>
        )
      }
    </QueryPanel>
  );
}
