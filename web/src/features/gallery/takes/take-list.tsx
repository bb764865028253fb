"use client";

import { Clapperboard } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { CompareBar } from "#features/gallery/compare/compare-bar.tsx";
import { useMarked } from "#features/gallery/compare/use-marked.ts";
import { OutputLightbox } from "#features/gallery/output-lightbox.tsx";
import type { TakeRow } from "#features/gallery/takes/read-take.ts";
import { TakeBatch } from "#features/gallery/takes/take-batch.tsx";
import { TakeFilter, useTakeFilter } from "#features/gallery/takes/take-filter.tsx";
import { TakePage } from "#features/gallery/takes/take-page.tsx";
import { useKeptFocus } from "#features/gallery/takes/use-kept-focus.ts";
import { useTakeEvents } from "#features/gallery/takes/use-take-events.ts";
import { useOpenItem } from "#features/gallery/use-open-item.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { useSelection } from "#lib/hooks/use-selection.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const TakeListQuery = graphql(`
  query TakeList($after: String, $status: [TakeStatus!], $sceneTypeId: ID, $characterId: ID) {
    takes(first: 24, after: $after, status: $status, sceneTypeId: $sceneTypeId, characterId: $characterId) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...TakeCard
      }
    }
  }
`);

/** Takes to be judged, one by one or many at once; the large view steps through the outputs of all that are loaded. */
export function TakeList() {
  const revision = useTakeEvents();
  const filter = useTakeFilter();
  const selection = useSelection<TakeRow>();
  const marked = useMarked();
  const [openId, setOpenId] = useOpenItem();
  const [pages, setPages] = useState<ReadonlyMap<number, readonly TakeRow[]>>(new Map());
  const loadMore = useRef<(() => void) | null>(null);
  const { showPage } = selection;
  const onPage = useCallback(
    (offset: number, page: readonly TakeRow[] | null) => {
      showPage(offset, page);
      setPages((before) => {
        const after = new Map(before);
        if (page) after.set(offset, page);
        else after.delete(offset);
        return after;
      });
    },
    [showPage],
  );
  const outputs = useMemo(
    () =>
      [...pages.entries()].toSorted(([a], [b]) => a - b).flatMap(([, takes]) => takes.flatMap((take) => take.pictures)),
    [pages],
  );
  const focus = useKeptFocus();
  return (
    <>
      <TakeFilter filter={filter} revision={revision} />
      <div {...focus}>
        <Pages
          key={JSON.stringify(filter.variables)}
          query={TakeListQuery}
          variables={filter.variables}
          select={(data) => data.takes}
          revision={revision}
          loading={<SkeletonRows count={4} className="h-28" />}
          more={(load) => {
            loadMore.current = load;
            return <LoadMore onLoad={load} />;
          }}
          failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
        >
          {(takes, { offset }) =>
            offset === 0 && takes.length === 0 ? (
              <NoTakes isFiltered={filter.isFiltered} />
            ) : (
              <TakePage takes={takes} offset={offset} selection={selection} onPage={onPage} onOpen={setOpenId} />
            )
          }
        </Pages>
      </div>
      {selection.selected.length > 0 ? (
        <TakeBatch selection={selection} />
      ) : (
        <CompareBar marked={marked} outputs={outputs} />
      )}
      <OutputLightbox
        outputs={outputs}
        total={outputs.length}
        openId={openId}
        onOpen={setOpenId}
        onNearEnd={() => loadMore.current?.()}
        marked={marked}
        focusPlace={(id) => {
          const tile = document.querySelector<HTMLElement>(`main button[data-output="${CSS.escape(id)}"]`);
          tile?.focus();
          return tile !== null;
        }}
      />
    </>
  );
}

function NoTakes({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon={Clapperboard} title="No take matches">
        Choose another state, scene type or character above.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Clapperboard}
      title="No take yet"
      actions={
        <Button asChild variant="primary">
          <Link href="/characters">Choose a character</Link>
        </Button>
      }
    >
      A take is one rendition of a scene type for a character. Generate one from the character's page.
    </EmptyState>
  );
}
