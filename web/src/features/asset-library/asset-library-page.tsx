"use client";

import { Plus, Shapes } from "lucide-react";
import { useState } from "react";
import { assetTypeNames, assetTypes } from "#features/asset-library/asset-types.ts";
import { LibraryAssetDialog } from "#features/asset-library/library-asset-dialog.tsx";
import { LibraryAssetTile } from "#features/asset-library/library-asset-tile.tsx";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Segments } from "#ui/segments.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const AssetLibraryQuery = graphql(`
  query AssetLibrary($search: String, $types: [ProjectAssetType!], $after: String) {
    libraryAssets(search: $search, types: $types, first: 48, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...LibraryAssetTile
      }
    }
  }
`);

const grid = "grid grid-cols-[repeat(auto-fill,minmax(min(220px,100%),1fr))] gap-x-4 gap-y-6";

/** Characters, places and props that the whole studio uses again. */
export function AssetLibraryPage() {
  const [search, setSearch] = useUrlParam("search");
  const [chosen, setChosen] = useUrlParam("type");
  const [isCreating, setIsCreating] = useState(false);
  const settled = useDebounced(search.trim(), 250);
  const type = assetTypeNames.find((each) => each === chosen);
  const isFiltered = settled !== "" || type !== undefined;
  const create = (
    <Button needs="CREATOR" variant="primary" onClick={() => setIsCreating(true)}>
      <Plus aria-hidden />
      New asset
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Asset library"
        parent={{ href: "/stories", label: "Stories" }}
        meta={<span>For every project of the studio</span>}
        actions={create}
      />
      <div className="mb-5 flex flex-wrap gap-2">
        <SearchInput
          label="Search the library"
          value={search}
          onValueChange={setSearch}
          className="w-72 max-sm:w-full"
        />
        <Segments
          label="Type"
          value={type ?? "ALL"}
          onValueChange={(next) => setChosen(next === "ALL" ? "" : next)}
          segments={[
            { value: "ALL", label: "All" },
            ...assetTypeNames.map((value) => ({ value, label: assetTypes[value].many })),
          ]}
        />
      </div>
      <ul aria-label="Library assets" className={grid}>
        <Pages
          key={`${settled} ${type ?? ""}`}
          query={AssetLibraryQuery}
          variables={{ search: settled || null, types: type ? [type] : null }}
          select={(data) => data.libraryAssets}
          loading={[1, 2, 3, 4].map((each) => (
            <li key={each}>
              <Skeleton className="aspect-square" />
            </li>
          ))}
          more={(load) => (
            <li className="col-span-full">
              <LoadMore onLoad={load} />
            </li>
          )}
          failed={(failure, retry) => (
            <li className="col-span-full">
              <FailureNotice failure={failure} onRetry={retry} />
            </li>
          )}
        >
          {(assets, { offset }) =>
            offset === 0 && assets.length === 0 ? (
              <li className="col-span-full">
                <EmptyState
                  icon={Shapes}
                  title={isFiltered ? "No asset is like that" : "The library is empty"}
                  actions={isFiltered ? null : create}
                >
                  {isFiltered
                    ? "Try another word or type."
                    : "Put in what comes back from film to film: a lead, the studio’s street, the hero’s car."}
                </EmptyState>
              </li>
            ) : (
              assets.map((asset) => <LibraryAssetTile key={asset.id} asset={asset} />)
            )
          }
        </Pages>
      </ul>
      {isCreating && <LibraryAssetDialog onClose={() => setIsCreating(false)} />}
    </>
  );
}
