"use client";

import type { ReactNode } from "react";
import { graphql } from "#gql/gql.ts";
import { useAccess } from "#lib/graphql/use-access.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { ProjectAccess } from "#ui/project-access.tsx";

const ProjectRoleQuery = graphql(`
  query ProjectRole($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Project {
        viewerRole
      }
    }
  }
`);

interface Props {
  /** Empty: what is made belongs to no project. */
  projectId: string;
  children: ReactNode;
}

/** What is about a project that is chosen from a list: the role in it is asked for once it is chosen, where it may matter. */
export function ChosenProjectAccess({ projectId, children }: Props) {
  const mayDiffer = useAccess()?.viewer.role === "CREATOR";
  const [{ data }] = useQuery({
    query: ProjectRoleQuery,
    variables: { id: projectId },
    pause: projectId === "" || !mayDiffer,
  });
  const node = data?.node;
  const role = node?.__typename === "Project" && node.id === projectId ? node.viewerRole : null;
  return <ProjectAccess role={role}>{children}</ProjectAccess>;
}
