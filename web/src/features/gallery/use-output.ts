"use client";

import { type Output, readOutput } from "#features/gallery/output-page.tsx";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";

const OutputQuery = graphql(`
  query Output($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Asset {
        ...OutputTile
      }
    }
  }
`);

/** One output by its id; null while it is not there, or for none. */
export function useOutput(id: string | null): Output | null {
  const [{ data }] = useQuery({ query: OutputQuery, variables: { id: id ?? "" }, pause: id === null });
  const node = data?.node;
  return id !== null && node?.id === id && node.__typename === "Asset" ? readOutput(node) : null;
}
