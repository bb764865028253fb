"use client";

import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { Role } from "#gql/graphql.ts";
import { useAccess } from "#lib/graphql/use-access.ts";
import { useQuery } from "#lib/graphql/use-query.ts";

const TakeRoleFields = graphql(`
  fragment TakeRole on Take {
    id
    character {
      id
      project {
        id
        viewerRole
      }
    }
  }
`);

const TakeRoleQuery = graphql(`
  query TakeRole($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Take {
        ...TakeRole
      }
    }
  }
`);

/** What the person may do in a take's project. */
export function roleIn(take: FragmentType<typeof TakeRoleFields>): Role {
  return readFragment(TakeRoleFields, take).character.project.viewerRole;
}

/**
 * What the person may do in the project of the take that is open; null for none, and while it is not known. It is asked here
 * and not with each tile of a page of outputs, and only of those whose role in the studio may be more than that in a project.
 */
export function useTakeRole(takeId: string | null): Role | null {
  const mayDiffer = useAccess()?.viewer.role === "CREATOR";
  const [{ data }] = useQuery({
    query: TakeRoleQuery,
    variables: { id: takeId ?? "" },
    pause: takeId === null || !mayDiffer,
  });
  const node = data?.node;
  return node?.__typename === "Take" && node.id === takeId ? roleIn(node) : null;
}
