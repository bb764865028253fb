"use client";

import { Images, Sparkles } from "lucide-react";
import Link from "next/link";
import { useCallback, useRef, useState } from "react";
import { OutputFilter, useOutputFilter } from "#features/gallery/output-filter.tsx";
import { type Output, OutputTiles } from "#features/gallery/output-tiles.tsx";
import { OutputOrigin } from "#features/gallery/output-origin.tsx";
import { useResultsRevision } from "#lib/graphql/use-results-revision.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Lightbox } from "#ui/lightbox.tsx";
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

const grid = "grid grid-cols-[repeat(auto-fill,minmax(min(200px,45%),1fr))] gap-1.5";

/** All outputs, newest first; the large view steps through every page loaded so far and asks for the next. */
export function OutputGrid() {
  const { variables, isFiltered, search, choices } = useOutputFilter();
  const revision = useResultsRevision();
  const [pages, setPages] = useState<ReadonlyMap<number, readonly Output[]>>(new Map());
  const [openId, setOpenId] = useState<string | null>(null);
  const loadMore = useRef<(() => void) | null>(null);
  const pictures = [...pages.entries()].toSorted(([a], [b]) => a - b).flatMap(([, page]) => page);
  const index = pictures.findIndex((picture) => picture.id === openId);
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
  const show = (next: number | null) => {
    setOpenId(next === null ? null : (pictures[next]?.id ?? null));
    if (next !== null && next >= pictures.length - 4) loadMore.current?.();
  };
  return (
    <>
      <OutputFilter search={search} choices={choices} />
      <div className={grid}>
        <Pages
          key={JSON.stringify(variables)}
          query={OutputGridQuery}
          variables={variables}
          select={(page) => page.outputs}
          revision={revision}
          loading={Array.from({ length: 12 }, (_, tile) => (
            <Skeleton key={tile} className="aspect-square" />
          ))}
          more={(load) => {
            loadMore.current = load;
            return <LoadMore onLoad={load} />;
          }}
          failed={(failure, retry) => (
            <div className="col-span-full">
              <FailureNotice failure={failure} onRetry={retry} />
            </div>
          )}
        >
          {(outputs, { offset }) =>
            offset === 0 && outputs.length === 0 ? (
              <div className="col-span-full">
                {isFiltered ? (
                  <EmptyState icon={Images} title="No output matches">
                    All words have to occur in the prompts or the model's name, at least their beginnings.
                  </EmptyState>
                ) : (
                  <EmptyState
                    icon={Images}
                    title="No pictures yet"
                    actions={
                      <Button asChild variant="primary">
                        <Link href="/generate">
                          <Sparkles aria-hidden />
                          Generate
                        </Link>
                      </Button>
                    }
                  >
                    Everything that the machines finish appears here, newest first.
                  </EmptyState>
                )}
              </div>
            ) : (
              <OutputTiles outputs={outputs} offset={offset} onPage={addPage} onOpen={setOpenId} />
            )
          }
        </Pages>
      </div>
      <Lightbox
        pictures={pictures}
        index={index === -1 ? null : index}
        onIndexChange={show}
        caption={(picture) => <OutputOrigin run={pictures.find((each) => each.id === picture.id)?.run} />}
      />
    </>
  );
}
