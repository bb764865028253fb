"use client";

import { graphql } from "#gql/gql.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { CopyButton } from "#ui/copy-button.tsx";
import { JsonTree } from "#ui/json-tree.tsx";
import { Skeleton } from "#ui/skeleton.tsx";

const RunGraphQuery = graphql(`
  query RunGraph($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Run {
        graph
      }
    }
  }
`);

/** A run's graph, fetched when it is unfolded: it may be megabytes. */
export function RunGraph({ id }: { id: string }) {
  const [result, refetch] = useQuery({ query: RunGraphQuery, variables: { id } });
  return (
    <QueryPanel result={result} onRetry={refetch} loading={<Skeleton className="h-40" />}>
      {({ node }) =>
        node?.__typename === "Run" && (
          <div className="relative">
            <JsonTree label="Graph" value={node.graph} />
            <span className="absolute top-1 right-4">
              <CopyButton text={() => JSON.stringify(node.graph, null, 2)} label="Copy graph" />
            </span>
          </div>
        )
      }
    </QueryPanel>
  );
}
