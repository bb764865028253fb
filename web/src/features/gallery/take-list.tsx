"use client";

import { Clapperboard } from "lucide-react";
import Link from "next/link";
import { TakeCard } from "#features/gallery/take-card.tsx";
import { useTakeEvents } from "#features/gallery/use-take-events.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";

const TakeListQuery = graphql(`
  query TakeList($after: String) {
    takes(first: 24, after: $after) {
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

export function TakeList() {
  const revision = useTakeEvents();
  return (
    <Pages
      query={TakeListQuery}
      variables={{}}
      select={(data) => data.takes}
      revision={revision}
      loading={<SkeletonRows count={4} className="h-28" />}
      more={(load) => <LoadMore onLoad={load} />}
      failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
    >
      {(takes, { offset }) =>
        offset === 0 && takes.length === 0 ? (
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
        ) : (
          <ul className="divide-y">
            {takes.map((take) => (
              <TakeCard key={take.id} take={take} />
            ))}
          </ul>
        )
      }
    </Pages>
  );
}
