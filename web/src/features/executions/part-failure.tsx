"use client";

import { CircleX } from "lucide-react";
import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { Link } from "#ui/link.tsx";

const PartFailureQuery = graphql(`
  query PartFailure($jobId: ID!) {
    job(id: $jobId) {
      id
      runs(first: 1, status: [FAILED]) {
        totalCount
        nodes {
          id
          error {
            message
            nodeType
          }
        }
      }
    }
  }
`);

interface Props {
  /** What failed, as people call it. */
  name: string;
  error: string | null;
  jobId: string | null;
}

/** Why a scene's images, or a clip, could not be made, and the job that tells more. */
export function PartFailure({ name, error, jobId }: Props) {
  const [{ data }] = useQuery({
    query: PartFailureQuery,
    variables: { jobId: jobId ?? "" },
    pause: !jobId,
    requestPolicy: "cache-and-network",
  });
  const run = data?.job?.runs.nodes[0]?.error;
  const reason = error ?? (run ? [run.nodeType, run.message].filter(Boolean).join(": ") : null);
  return (
    <p className="flex gap-1.5 text-bad">
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">
        {`${name} failed${reason ? `: ${reason}` : ""}`}
        {jobId && (
          <>
            {" "}
            <Link href={`/jobs/${encodeURIComponent(jobId)}`} className="underline underline-offset-2">
              Its job
            </Link>
          </>
        )}
      </span>
    </p>
  );
}
