"use client";

import type { ReactNode } from "react";
import { graphql } from "#gql/gql.ts";
import { useAccess } from "#lib/graphql/use-access.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { ProjectAccess } from "#ui/project-access.tsx";

const JobRoleQuery = graphql(`
  query JobRole($id: ID!) {
    job(id: $id) {
      id
      project {
        id
        viewerRole
      }
    }
  }
`);

/**
 * What changes a job, refused to those who may only look in its project. The role is asked for here and not with each job of
 * the queue and each event, and only of those whose role in the studio may be more than that in a project.
 */
export function JobAccess({ jobId, children }: { jobId: string; children: ReactNode }) {
  const mayDiffer = useAccess()?.viewer.role === "CREATOR";
  const [{ data }] = useQuery({ query: JobRoleQuery, variables: { id: jobId }, pause: !mayDiffer });
  const role = data?.job?.id === jobId ? data.job.project?.viewerRole : null;
  return <ProjectAccess role={role}>{children}</ProjectAccess>;
}
