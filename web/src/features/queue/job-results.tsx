"use client";

import { useEffect, useRef, useState } from "react";
import { graphql } from "#gql/gql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { PictureGrid } from "#ui/picture-grid.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const JobResultsQuery = graphql(`
  query JobResults($id: ID!) {
    job(id: $id) {
      id
      counts {
        total
        pending
        active
      }
      latestOutputs(first: 100) {
        id
        ...PictureFields
      }
    }
  }
`);

const firstLook = 12;

/** The job's pictures, newest first; a dozen until all are asked for. */
export function JobResults({ id, revision }: { id: string; revision: number }) {
  const [result, refetch] = useQuery({ query: JobResultsQuery, variables: { id } });
  const [showsAll, setShowsAll] = useState(false);
  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    refetch();
  }, [revision, refetch]);
  return (
    <Panel title="Results">
      <QueryPanel result={result} onRetry={refetch} loading={<Skeleton className="h-44" />}>
        {({ job }) => {
          const pictures = job?.latestOutputs.map((output) => toPicture(output)) ?? [];
          if (pictures.length > 0) {
            return (
              <>
                <PictureGrid label="Results" pictures={showsAll ? pictures : pictures.slice(0, firstLook)} />
                {!showsAll && pictures.length > firstLook && (
                  <Button
                    className="mt-2"
                    onClick={() => setShowsAll(true)}
                  >{`Show ${pictures.length - firstLook} more`}</Button>
                )}
              </>
            );
          }
          const isOpen = job && job.counts.pending + job.counts.active > 0;
          return (
            <p className="text-ink-2">
              {isOpen ? "Pictures appear here as runs finish." : "No run has given a picture."}
            </p>
          );
        }}
      </QueryPanel>
    </Panel>
  );
}
