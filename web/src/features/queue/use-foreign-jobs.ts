"use client";

import { useEffect, useState } from "react";
import { useClient } from "urql";
import { graphql } from "#gql/gql.ts";
import { useAccess } from "#lib/graphql/use-access.ts";

const JobRolesQuery = graphql(`
  query JobRoles($ids: [ID!]!) {
    jobs(ids: $ids, first: 200) {
      nodes {
        id
        project {
          id
          viewerRole
        }
      }
    }
  }
`);

/** As many as the server takes. */
const atOnce = 200;
const none: ReadonlySet<string> = new Set();

/**
 * Those of the jobs in whose project the person may only look. As in `JobAccess`, it is asked for here and not with each job of
 * the queue, of each selected job once, and only for those whose role in the studio may be more than that in a project.
 */
export function useForeignJobs(jobs: readonly { id: string }[]): ReadonlySet<string> {
  const client = useClient();
  const mayDiffer = useAccess()?.viewer.role === "CREATOR";
  const [known, setKnown] = useState({ asked: none, foreign: none });
  const next = mayDiffer
    ? jobs
        .flatMap(({ id }) => (known.asked.has(id) ? [] : id))
        .slice(0, atOnce)
        .join()
    : "";
  useEffect(() => {
    if (next === "") return;
    const ids = next.split(",");
    const read = async () => {
      const { data } = await client.query(JobRolesQuery, { ids }, { requestPolicy: "network-only" }).toPromise();
      if (!data) return;
      const foreign = data.jobs.nodes.flatMap(({ id, project }) => (project?.viewerRole === "VIEWER" ? id : []));
      setKnown((before) => ({
        asked: new Set([...before.asked, ...ids]),
        foreign: new Set([...before.foreign, ...foreign]),
      }));
    };
    void read();
  }, [client, next]);
  return known.foreign;
}
