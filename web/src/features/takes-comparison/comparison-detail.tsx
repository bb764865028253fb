"use client";

import { Columns2, Copy } from "lucide-react";
import { useState } from "react";
import { Differences } from "#features/takes-comparison/differences.tsx";
import { KeepDialog, type Kept } from "#features/takes-comparison/keep-dialog.tsx";
import { KeptNotice } from "#features/takes-comparison/kept-notice.tsx";
import { VariantColumns } from "#features/takes-comparison/variant-columns.tsx";
import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { Link } from "#ui/link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ProjectAccess } from "#ui/project-access.tsx";
import { SkeletonRows } from "#ui/skeleton.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const ComparisonDetailQuery = graphql(`
  query ComparisonDetail($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on TakeComparison {
        createdAt
        seed
        sceneType {
          id
          name
        }
        character {
          id
          name
          group {
            id
            name
          }
          project {
            id
            name
            viewerRole
          }
        }
        ...VariantColumns
        ...Differences
      }
    }
  }
`);

/** The variants side by side, what their prompts have different, and the way to keep the better one. */
export function ComparisonDetail({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: ComparisonDetailQuery, variables: { id } });
  const [keeping, setKeeping] = useState<string | null>(null);
  const [kept, setKept] = useState<Kept | null>(null);
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<SkeletonRows count={3} className="h-40" />}>
      {({ node: comparison }) => {
        if (comparison?.__typename !== "TakeComparison") {
          return (
            <EmptyState
              icon={Columns2}
              title="This comparison does not exist"
              isPage
              actions={
                <Button asChild>
                  <Link href="/comparisons">All comparisons</Link>
                </Button>
              }
            />
          );
        }
        const { sceneType, character } = comparison;
        const again = `/comparisons/new?scene=${encodeURIComponent(sceneType.id)}&character=${encodeURIComponent(character.id)}`;
        return (
          <ProjectAccess role={character.project.viewerRole}>
            <PageHeader
              title={`${character.name} in ${sceneType.name}`}
              parent={{ href: "/comparisons", label: "Comparisons" }}
              meta={
                <>
                  <span>{`seed ${comparison.seed}`}</span>
                  <TimeAgo at={comparison.createdAt} />
                  <Link
                    href={`/characters/${encodeURIComponent(character.id)}?scene=${encodeURIComponent(sceneType.id)}`}
                    className="hover:text-ink"
                  >
                    {`Prompts of ${character.name}`}
                  </Link>
                </>
              }
              actions={
                <Button asChild needs="CREATOR">
                  <Link href={again}>
                    <Copy aria-hidden />
                    Compare again
                  </Link>
                </Button>
              }
            />
            {kept && (
              <KeptNotice
                key={`${kept.label} ${kept.where}`}
                kept={kept}
                characterName={character.name}
                onClose={() => setKept(null)}
              />
            )}
            <ErrorBoundary name="The variants">
              <VariantColumns comparison={comparison} onKeep={setKeeping} />
            </ErrorBoundary>
            <ErrorBoundary name="The differences">
              <Differences comparison={comparison} />
            </ErrorBoundary>
            {keeping && (
              <KeepDialog
                takeId={keeping}
                comparisonId={comparison.id}
                sceneType={sceneType}
                character={character}
                onKept={setKept}
                onClose={() => setKeeping(null)}
              />
            )}
          </ProjectAccess>
        );
      }}
    </QueryPanel>
  );
}
