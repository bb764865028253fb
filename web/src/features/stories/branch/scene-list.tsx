"use client";

import { Clapperboard, Plus } from "lucide-react";
import { useState } from "react";
import { NewSceneDialog } from "#features/stories/branch/new-scene-dialog.tsx";
import { SceneRows } from "#features/stories/branch/scene-rows.tsx";
import { useRefetchOn } from "#features/stories/use-branch-revision.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const SceneListQuery = graphql(`
  query SceneList($branchId: ID!, $after: String) {
    branch(id: $branchId) {
      id
      scenes(first: 50, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...SceneRow
        }
      }
    }
  }
`);

const BranchWarningsQuery = graphql(`
  query BranchWarnings($branchId: ID!) {
    continuityWarnings(branchId: $branchId) {
      message
      scene {
        id
      }
    }
  }
`);

const none = { nodes: [], pageInfo: { hasNextPage: false }, totalCount: 0 };

/** The scenes of a branch in story order. */
export function SceneList({ branchId, revision }: { branchId: string; revision: number }) {
  const [isAdding, setIsAdding] = useState(false);
  const [{ data }, refetch] = useQuery({ query: BranchWarningsQuery, variables: { branchId } });
  useRefetchOn(revision, refetch);
  const warningsOf = (sceneId: string) =>
    (data?.continuityWarnings ?? []).flatMap(({ scene, message }) => (scene.id === sceneId ? message : []));
  const add = (
    <Button needs="CREATOR" variant="primary" onClick={() => setIsAdding(true)}>
      <Plus aria-hidden />
      Add scene
    </Button>
  );
  return (
    <>
      <Pages
        query={SceneListQuery}
        variables={{ branchId }}
        select={(page) => page.branch?.scenes ?? none}
        revision={revision}
        loading={<SkeletonRows count={5} className="h-24" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(scenes, { offset, totalCount }) =>
          totalCount === 0 ? (
            <EmptyState icon={Clapperboard} title="No scene yet" actions={add}>
              Add the scenes of the script in their order. Each starts with the state in which the one before ended.
            </EmptyState>
          ) : (
            <>
              <SceneRows scenes={scenes} offset={offset} totalCount={totalCount} warningsOf={warningsOf} />
              {offset + scenes.length >= totalCount && <div className="mt-3">{add}</div>}
            </>
          )
        }
      </Pages>
      {isAdding && <NewSceneDialog branchId={branchId} onClose={() => setIsAdding(false)} />}
    </>
  );
}
