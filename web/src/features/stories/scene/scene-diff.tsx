"use client";

import { DiffStates } from "#features/stories/scene/diff-states.tsx";
import { useRefetchOn } from "#features/stories/use-branch-revision.ts";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { SkeletonRows } from "#ui/skeleton.tsx";

const SceneDiffQuery = graphql(`
  query SceneDiff($sceneId: ID!) {
    continuityDiff(sceneId: $sceneId) {
      entries {
        changes
        kind
        projectAsset {
          id
          name
        }
        ...DiffStates
      }
    }
  }
`);

/** Asset by asset: what is not as it was in the scene before. */
export function SceneDiff({ sceneId, revision }: { sceneId: string; revision: number }) {
  const [result, refetch] = useQuery({ query: SceneDiffQuery, variables: { sceneId } });
  useRefetchOn(revision, refetch);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={2} className="h-12" />}>
      {({ continuityDiff: { entries } }) => {
        const changed = entries.filter(
          ({ kind, changes }) => kind === "NEW" || kind === "LEFT_OUT" || changes.length > 0,
        );
        if (changed.length === 0) return <p className="text-ink-2">Everything is as it was.</p>;
        return (
          <ul className="flex flex-col gap-3">
            {changed.map((entry) => (
              <li key={entry.projectAsset.id}>
                <p className="font-medium">{entry.projectAsset.name}</p>
                <DiffStates entry={entry} />
              </li>
            ))}
          </ul>
        );
      }}
    </QueryPanel>
  );
}
