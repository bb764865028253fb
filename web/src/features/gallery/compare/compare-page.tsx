"use client";

import { ArrowLeftRight, Columns2, SlidersHorizontal } from "lucide-react";
import { useRef } from "react";
import { Differing } from "#features/gallery/compare/differing.tsx";
import { readMadeBy } from "#features/gallery/detail/made-by.ts";
import { OutputOrigin } from "#features/gallery/output-origin.tsx";
import { type Output, readOutput } from "#features/gallery/output-page.tsx";
import { TakeStars, TakeVerdict } from "#features/gallery/take-verdict.tsx";
import { type ReviewedTake, useReview } from "#features/gallery/use-review.ts";
import { roleIn } from "#features/gallery/use-take-role.ts";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useUrlParam } from "#lib/hooks/use-url-param.ts";
import { remixHref } from "#lib/remix.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Link } from "#ui/link.tsx";
import { Stage } from "#ui/media/stage.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";

const ComparePairQuery = graphql(`
  query ComparePair($a: ID!, $b: ID!) {
    a: node(id: $a) {
      __typename
      id
      ... on Asset {
        take {
          id
          ...TakeRole
        }
        ...OutputTile
        ...MadeBy
      }
    }
    b: node(id: $b) {
      __typename
      id
      ... on Asset {
        take {
          id
          ...TakeRole
        }
        ...OutputTile
        ...MadeBy
      }
    }
  }
`);

/** Two outputs side by side, looked at and played together, and what they were made with otherwise. */
export function ComparePage() {
  const [a, setA] = useUrlParam("a");
  const [b, setB] = useUrlParam("b");
  const isMissing = a === "" || b === "";
  const [result, refetch] = useQuery({ query: ComparePairQuery, variables: { a, b }, pause: isMissing });
  const scope = useRef<HTMLDivElement>(null);
  const none = (
    <EmptyState
      icon={Columns2}
      title="Two outputs are needed to compare"
      isPage
      actions={
        <Button asChild variant="primary">
          <Link href="/gallery">Go to the gallery</Link>
        </Button>
      }
    >
      Mark two of them in the gallery with X, then press Compare.
    </EmptyState>
  );
  if (isMissing) return none;
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<Skeleton className="h-[60dvh]" />}>
      {({ a: first, b: second }) => {
        if (first?.__typename !== "Asset" || second?.__typename !== "Asset") return none;
        const outputs = [readOutput(first), readOutput(second)] as const;
        const takes = [first.take, second.take];
        return (
          <>
            <PageHeader
              title="Side by side"
              parent={{ href: "/gallery", label: "Gallery" }}
              actions={
                <Button
                  onClick={() => {
                    setA(b);
                    setB(a);
                  }}
                >
                  <ArrowLeftRight aria-hidden />
                  Swap
                </Button>
              }
            />
            <div ref={scope}>
              <div className="h-[64dvh] bg-sunken">
                <Stage key={`${first.id} ${second.id}`} pictures={outputs} scope={scope} />
              </div>
              <ul aria-label="Compared outputs" className="mt-2 grid grid-cols-2 gap-4 max-sm:grid-cols-1">
                {outputs.map((output, side) => (
                  <ProjectAccess key={output.id} role={takes[side] && roleIn(takes[side])}>
                    <Side output={output} />
                  </ProjectAccess>
                ))}
              </ul>
            </div>
            <Differing made={[readMadeBy(first), readMadeBy(second)]} />
          </>
        );
      }}
    </QueryPanel>
  );
}

function Side({ output }: { output: Output }) {
  const { run, take, name, width, height } = output;
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
      <Link
        href={`/gallery?open=${encodeURIComponent(output.id)}`}
        className="max-w-full truncate font-medium text-ink hover:text-accent-ink"
      >
        {name}
      </Link>
      {width && height && <span>{`${width} × ${height}`}</span>}
      <OutputOrigin run={run ?? undefined} />
      {take && <Reviewed take={take} />}
      {run && (
        <Button asChild size="sm">
          <Link href={remixHref(run.id)}>
            <SlidersHorizontal aria-hidden />
            Remix
          </Link>
        </Button>
      )}
    </li>
  );
}

function Reviewed({ take }: { take: ReviewedTake }) {
  const review = useReview();
  return (
    <>
      <StatusBadge status={take.status} />
      <TakeStars take={take} review={review} />
      <TakeVerdict take={take} review={review} />
    </>
  );
}
