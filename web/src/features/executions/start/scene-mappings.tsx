"use client";

import { useState } from "react";
import { SceneMapping } from "#features/executions/start/scene-mapping.tsx";
import { useMapping } from "#features/executions/start/use-mapping.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const SceneMappingsQuery = graphql(`
  query SceneMappings($branchId: ID!, $after: String) {
    branch(id: $branchId) {
      id
      scenes(first: 20, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...SceneMapping
        }
      }
    }
  }
`);

const none = { totalCount: 0, pageInfo: { hasNextPage: false }, nodes: [] };

/** What the slots take in single scenes, where that is other than in the branch. */
export function SceneMappings({ branchId, workflowIds }: { branchId: string; workflowIds: readonly string[] }) {
  const images = useMapping(branchId, workflowIds[0] ?? "");
  const videos = useMapping(branchId, workflowIds[1] ?? "");
  const [revision, setRevision] = useState(0);
  const slots = [images, videos].flatMap((each) =>
    (each.slots ?? []).map(({ id, label }) => ({ id, label, branchName: each.nameOf(id) })),
  );
  return (
    <Pages
      query={SceneMappingsQuery}
      variables={{ branchId }}
      revision={revision}
      select={(data) => data.branch?.scenes ?? none}
      loading={<SkeletonRows count={3} className="h-16" />}
      more={(load) => <LoadMore onLoad={load} />}
      failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
    >
      {(scenes) => (
        <ul aria-label="Prompts of single scenes">
          {scenes.map((scene) => (
            <SceneMapping
              key={scene.id}
              scene={scene}
              slots={slots}
              onSet={() => setRevision((before) => before + 1)}
            />
          ))}
        </ul>
      )}
    </Pages>
  );
}
