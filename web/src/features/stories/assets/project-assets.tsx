"use client";

import { Plus, Users } from "lucide-react";
import { useState } from "react";
import { ProjectAssetDialog } from "#features/stories/assets/project-asset-dialog.tsx";
import { ProjectAssetSheet } from "#features/stories/assets/project-asset-sheet.tsx";
import { ProjectAssetTile } from "#features/stories/assets/project-asset-tile.tsx";
import { assetKinds, assetTypes } from "#features/stories/asset-types.ts";
import { graphql } from "#gql/gql.ts";
import type { ProjectAssetType } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Segments } from "#ui/segments.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const ProjectAssetsQuery = graphql(`
  query ProjectAssets($branchId: ID!, $after: String, $types: [ProjectAssetType!], $search: String) {
    branch(id: $branchId) {
      id
      assets(first: 100, after: $after, types: $types, search: $search) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          ...ProjectAssetTile
        }
      }
    }
  }
`);

const none = { nodes: [], pageInfo: { hasNextPage: false }, totalCount: 0 };

interface Props {
  branchId: string;
  projectId: string;
  revision: number;
}

/** The characters, places and props of a branch: what its scenes have states of. */
export function ProjectAssets({ branchId, projectId, revision }: Props) {
  const [typeParam, setType] = useUrlParam("type");
  const [opened, open] = useUrlParam("asset");
  const [search, setSearch] = useState("");
  const settled = useDebounced(search.trim(), 200);
  const [isAdding, setIsAdding] = useState(false);
  const type = assetTypes.find((each) => each === typeParam);
  const add = (
    <Button needs="CREATOR" variant="primary" onClick={() => setIsAdding(true)}>
      <Plus aria-hidden />
      New asset
    </Button>
  );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <Segments<ProjectAssetType | "ALL">
          label="Type"
          value={type ?? "ALL"}
          onValueChange={(next) => setType(next === "ALL" ? "" : next)}
          segments={[
            { value: "ALL", label: "All" },
            ...assetTypes.map((value) => ({ value, label: assetKinds[value].many })),
          ]}
        />
        <SearchInput label="Search assets" value={search} onValueChange={setSearch} className="w-64 max-sm:w-full" />
        <span className="grow" />
        {add}
      </div>
      <Pages
        query={ProjectAssetsQuery}
        variables={{ branchId, types: type ? [type] : null, search: settled || null }}
        select={(page) => page.branch?.assets ?? none}
        revision={revision}
        loading={<SkeletonRows count={2} className="h-56" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(assets, { offset }) =>
          offset === 0 && assets.length === 0 ? (
            settled || type ? (
              <EmptyState icon={Users} title="No asset matches" />
            ) : (
              <EmptyState icon={Users} title="Nobody and nothing yet" actions={add}>
                Describe the characters, locations and props of the story once. Lock what is approved: the first scene
                is given that, and each scene hands its state on to the next.
              </EmptyState>
            )
          ) : (
            <ul aria-label="Project assets" className="flex flex-wrap gap-x-3 gap-y-5 pb-5">
              {assets.map((asset) => (
                <ProjectAssetTile key={asset.id} asset={asset} onOpen={open} />
              ))}
            </ul>
          )
        }
      </Pages>
      {isAdding && (
        <ProjectAssetDialog branchId={branchId} initialType={type ?? "CHARACTER"} onClose={() => setIsAdding(false)} />
      )}
      {opened && <ProjectAssetSheet key={opened} id={opened} projectId={projectId} onClose={() => open("")} />}
    </>
  );
}
