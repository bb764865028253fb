"use client";

import { graphql } from "#gql/gql.ts";
import type { Role } from "#gql/graphql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";

const AccessQuery = graphql(`
  query Access {
    viewer {
      id
      name
      email
      role
    }
    systemStatus {
      isLocalMode
    }
  }
`);

const ranks: Record<Role, number> = { VIEWER: 0, CREATOR: 1, ADMIN: 2 };

/** Who is at work here, and what the person may do; null while that is not known. */
export function useAccess() {
  const [{ data }] = useQuery({ query: AccessQuery, requestPolicy: "cache-first" });
  if (!data) return null;
  const { viewer, systemStatus } = data;
  return {
    viewer,
    /** No login: what is about people has no place. */
    isLocalMode: systemStatus.isLocalMode,
    may: (role: Role): boolean => ranks[viewer.role] >= ranks[role],
  };
}
