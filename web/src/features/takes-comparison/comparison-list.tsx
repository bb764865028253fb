"use client";

import { Columns2, Plus, Trophy } from "lucide-react";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Pages } from "#lib/graphql/pages.tsx";
import { toPicture } from "#lib/graphql/picture.ts";
import { useResultsRevision } from "#lib/graphql/use-results-revision.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { LoadMore } from "#ui/load-more.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const ComparisonListQuery = graphql(`
  query ComparisonList($after: String) {
    takeComparisons(first: 24, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        createdAt
        sceneType {
          id
          name
        }
        character {
          id
          name
        }
        winner {
          label
        }
        variants {
          label
          take {
            id
            outputs {
              id
              ...PictureFields
            }
          }
        }
      }
    }
  }
`);

/** Comparisons of wordings, newest first. */
export function ComparisonList() {
  const revision = useResultsRevision();
  const create = (
    <Button asChild variant="primary">
      <Link href="/comparisons/new">
        <Plus aria-hidden />
        New comparison
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader title="Comparisons" parent={{ href: "/gallery?view=takes", label: "Takes" }} actions={create} />
      <Pages
        query={ComparisonListQuery}
        variables={{}}
        select={(data) => data.takeComparisons}
        revision={revision}
        loading={<SkeletonRows count={4} className="h-20" />}
        more={(load) => <LoadMore onLoad={load} />}
        failed={(failure, retry) => <FailureNotice failure={failure} onRetry={retry} />}
      >
        {(comparisons, { offset }) =>
          offset === 0 && comparisons.length === 0 ? (
            <EmptyState icon={Columns2} title="No comparison yet" actions={create}>
              Render one take with several wordings and the same seed, look at them side by side, and keep the better
              one.
            </EmptyState>
          ) : (
            <ul className="divide-y border-t last:border-b">
              {comparisons.map((comparison) => (
                <li key={comparison.id} className="flex items-center gap-4 py-3">
                  <div className="flex shrink-0 gap-1" aria-hidden>
                    {comparison.variants.slice(0, 4).map(({ label, take }) => {
                      const [first] = take.outputs;
                      return first ? (
                        <Thumbnail key={label} picture={toPicture(first)} className="size-16 max-sm:nth-[n+3]:hidden" />
                      ) : (
                        <span key={label} className="size-16 rounded-sm bg-sunken max-sm:nth-[n+3]:hidden" />
                      );
                    })}
                  </div>
                  <div className="min-w-0 grow">
                    <Link
                      href={`/comparisons/${encodeURIComponent(comparison.id)}`}
                      className="text-lg font-medium break-words hover:text-accent-ink"
                    >
                      {`${comparison.character.name} in ${comparison.sceneType.name}`}
                    </Link>
                    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
                      <span className="break-words">{comparison.variants.map(({ label }) => label).join(" · ")}</span>
                      {comparison.winner && (
                        <Badge tone="good">
                          <Trophy aria-hidden />
                          {`${comparison.winner.label} kept`}
                        </Badge>
                      )}
                      <span className="text-ink-3">
                        <TimeAgo at={comparison.createdAt} />
                      </span>
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Pages>
    </>
  );
}
