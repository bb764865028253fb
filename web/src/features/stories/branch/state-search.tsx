"use client";

import { SearchX, Tags } from "lucide-react";
import { StateFilter } from "#features/stories/branch/state-filter.tsx";
import { StateTile } from "#features/stories/branch/state-tile.tsx";
import { useSearchFilter } from "#features/stories/branch/use-search-filter.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const StateSearchQuery = graphql(`
  query StateSearch(
    $branchId: ID!
    $after: String
    $tags: [String!]
    $tagMatch: TagMatch!
    $types: [ProjectAssetType!]
    $search: String
    $fromScene: Int
    $toScene: Int
  ) {
    sceneAssets(
      branchId: $branchId
      first: 60
      after: $after
      tags: $tags
      tagMatch: $tagMatch
      types: $types
      search: $search
      fromScene: $fromScene
      toScene: $toScene
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...StateTile
      }
    }
  }
`);

interface Props {
  branchId: string;
  sceneCount: number;
  revision: number;
}

/** States of assets across all scenes: who is muddy, and where. */
export function StateSearch({ branchId, sceneCount, revision }: Props) {
  const search = useSearchFilter();
  const settled = useDebounced(search.variables.search, 200);
  const { tags, types, fromScene, toScene } = search.variables;
  const isFiltered = Boolean(tags ?? types ?? settled ?? fromScene ?? toScene);
  return (
    <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[240px_minmax(0,1fr)]">
      <StateFilter branchId={branchId} sceneCount={sceneCount} revision={revision} search={search} />
      {!search.isBackwards && (
        <div className="min-w-0">
          <Pages
            query={StateSearchQuery}
            variables={{ branchId, ...search.variables, search: settled }}
            select={(data) => data.sceneAssets}
            revision={revision}
            loading={<SkeletonRows count={2} className="h-56" />}
            more={(load) => <LoadMore onLoad={load} />}
            failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
          >
            {(states, { offset, totalCount }) =>
              totalCount === 0 ? (
                isFiltered ? (
                  <EmptyState icon={SearchX} title="No state matches">
                    Take a tag away, or look at any instead of all of them.
                  </EmptyState>
                ) : (
                  <EmptyState icon={Tags} title="No scene has assets yet">
                    Give the first scene its assets; their states are found here, scene by scene.
                  </EmptyState>
                )
              ) : (
                <>
                  {offset === 0 && (
                    <p role="status" className="mb-2 text-ink-2">
                      {plural(totalCount, "state")}
                    </p>
                  )}
                  <ul aria-label="States" className="flex flex-wrap gap-x-3 gap-y-5 pb-5">
                    {states.map((state) => (
                      <StateTile key={state.id} state={state} />
                    ))}
                  </ul>
                </>
              )
            }
          </Pages>
        </div>
      )}
    </div>
  );
}
