"use client";

import { LibraryBig } from "lucide-react";
import { useState } from "react";
import { LibraryTile } from "#features/stories/scene/drawer/library-tile.tsx";
import { assetKinds, assetTypes } from "#features/stories/asset-types.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useDebounced } from "#lib/hooks/use-debounced.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { SearchInput } from "#ui/search-input.tsx";
import { Select } from "#ui/select.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const LibraryDrawerQuery = graphql(`
  query LibraryDrawer($after: String, $types: [ProjectAssetType!], $search: String) {
    libraryAssets(first: 24, after: $after, types: $types, search: $search) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...LibraryTile
      }
    }
  }
`);

interface Props {
  onAdd: (asset: { id: string; name: string }) => void;
  /** Its tiles can be dragged onto the scene. */
  isDraggable?: boolean;
}

/** The studio's characters, places and props, to bring into the scene. */
export function LibraryDrawer({ onAdd, isDraggable = false }: Props) {
  const [search, setSearch] = useState("");
  const [type, setType] = useState("");
  const settled = useDebounced(search.trim(), 200);
  const wanted = assetTypes.find((each) => each === type);
  return (
    <>
      <h2 className="mb-2 min-h-8 content-center text-lg max-xl:hidden">Studio library</h2>
      <div className="mb-3 flex flex-col gap-2">
        <SearchInput label="Search the library" value={search} onValueChange={setSearch} />
        <Select
          aria-label="Type"
          value={type}
          onValueChange={setType}
          options={[
            { value: "", label: "All types" },
            ...assetTypes.map((value) => ({ value, label: assetKinds[value].many })),
          ]}
        />
      </div>
      <Pages
        query={LibraryDrawerQuery}
        variables={{ types: wanted ? [wanted] : null, search: settled || null }}
        select={(data) => data.libraryAssets}
        loading={<SkeletonRows count={3} className="h-28" />}
        more={(load) => (
          <Button size="sm" className="mt-3 w-full" onClick={load}>
            Load more
          </Button>
        )}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(assets, { offset }) =>
          offset === 0 && assets.length === 0 ? (
            <EmptyState icon={LibraryBig} title={settled || wanted ? "Nothing matches" : "The library is empty"}>
              {!settled && !wanted && "What the whole studio uses again is kept here."}
            </EmptyState>
          ) : (
            <ul aria-label="Library assets" className="grid grid-cols-2 gap-x-2 gap-y-3 pb-3">
              {assets.map((asset) => (
                <LibraryTile key={asset.id} asset={asset} isDraggable={isDraggable} onAdd={onAdd} />
              ))}
            </ul>
          )
        }
      </Pages>
    </>
  );
}
