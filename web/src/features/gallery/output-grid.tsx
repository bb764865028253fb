"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { CompareBar } from "#features/gallery/compare/compare-bar.tsx";
import { useMarked } from "#features/gallery/compare/use-marked.ts";
import { NoOutputs } from "#features/gallery/no-outputs.tsx";
import { OutputFilter, useOutputFilter } from "#features/gallery/output-filter.tsx";
import { OutputLightbox } from "#features/gallery/output-lightbox.tsx";
import { type Output, OutputPage } from "#features/gallery/output-page.tsx";
import { OutputRows } from "#features/gallery/output-rows.tsx";
import { useOpenItem } from "#features/gallery/use-open-item.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useResultsRevision } from "#lib/graphql/use-results-revision.ts";
import { Button } from "#ui/button.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const OutputGridQuery = graphql(`
  query OutputGrid(
    $after: String
    $search: String
    $seed: BigInt
    $workflowId: ID
    $sceneTypeId: ID
    $characterId: ID
    $media: OutputMedia
    $takeStatus: [TakeStatus!]
    $createdAfter: DateTime
  ) {
    outputs(
      first: 60
      after: $after
      search: $search
      seed: $seed
      workflowId: $workflowId
      sceneTypeId: $sceneTypeId
      characterId: $characterId
      media: $media
      takeStatus: $takeStatus
      createdAfter: $createdAfter
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...OutputTile
      }
    }
  }
`);

/** So many pages are asked for again when something new comes; further down a person says when. */
const livePages = 3;
const skeletons = (
  <div className="grid grid-cols-[repeat(auto-fill,minmax(min(200px,45%),1fr))] gap-1.5">
    {Array.from({ length: 12 }, (_, tile) => (
      <Skeleton key={tile} className="aspect-square" />
    ))}
  </div>
);

/** All outputs, newest first; the large view steps through every page loaded so far and asks for the next. */
export function OutputGrid() {
  const { variables, isFiltered, search, choices } = useOutputFilter();
  const [pages, setPages] = useState<ReadonlyMap<number, readonly Output[]>>(new Map());
  const [total, setTotal] = useState(0);
  const [openId, setOpenId] = useOpenItem();
  const marked = useMarked();
  const loadMore = useRef<(() => void) | null>(null);
  const focusTile = useRef<((id: string) => boolean) | null>(null);
  const outputs = useMemo(
    () => [...pages.entries()].toSorted(([a], [b]) => a - b).flatMap(([, page]) => page),
    [pages],
  );
  const addPage = useCallback(
    (offset: number, page: readonly Output[] | null) =>
      setPages((before) => {
        const after = new Map(before);
        if (page) after.set(offset, page);
        else after.delete(offset);
        return after;
      }),
    [],
  );
  const { revision, hasNews, showNews } = useHeldRevision(pages.size > livePages);
  return (
    <>
      <OutputFilter search={search} choices={choices} />
      {hasNews && (
        <div className="sticky top-2 z-10 mb-2 flex justify-center">
          <Button
            size="sm"
            onClick={() => {
              window.scrollTo({ top: 0 });
              showNews();
            }}
          >
            There are new outputs. Show them
          </Button>
        </div>
      )}
      <OutputRows
        outputs={outputs}
        selectedIds={marked.ids}
        onOpen={setOpenId}
        onSelect={marked.toggle}
        ref={(focus) => {
          focusTile.current = focus;
        }}
      />
      <Pages
        key={JSON.stringify(variables)}
        query={OutputGridQuery}
        variables={variables}
        select={(page) => page.outputs}
        revision={revision}
        loading={skeletons}
        more={(load) => {
          loadMore.current = load;
          return <LoadMore onLoad={load} ahead={3_000} />;
        }}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(page, { offset, totalCount }) =>
          offset === 0 && page.length === 0 ? (
            <NoOutputs isFiltered={isFiltered} />
          ) : (
            <OutputPage outputs={page} offset={offset} total={totalCount} onPage={addPage} onTotal={setTotal} />
          )
        }
      </Pages>
      <CompareBar marked={marked} outputs={outputs} />
      <OutputLightbox
        outputs={outputs}
        total={total}
        openId={openId}
        onOpen={setOpenId}
        onNearEnd={() => loadMore.current?.()}
        marked={marked}
        focusPlace={(id) => focusTile.current?.(id) ?? false}
      />
    </>
  );
}

/** The revision of the results; while it is held back, only whether there is another one. */
function useHeldRevision(isHeld: boolean) {
  const latest = useResultsRevision();
  const [shown, setShown] = useState(latest);
  if (!isHeld && shown !== latest) setShown(latest);
  return { revision: shown, hasNews: isHeld && shown !== latest, showNews: () => setShown(latest) };
}
