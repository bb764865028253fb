"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { graphql } from "#gql/gql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";

const ReproduceTake = graphql(`
  mutation ReproduceTake($input: ReproduceTakeInput!) {
    reproduceTake(input: $input) {
      __typename
      ... on ReproduceTakePayload {
        take {
          id
          job {
            id
          }
        }
      }
      ...FailureFields
    }
  }
`);

/** Renders a take again with its very graphs, whatever was edited since. */
export function RunAgain({ take }: { take: { id: string } }) {
  const { run, isPending, failure } = useAction(ReproduceTake);
  const [jobId, setJobId] = useState<string | null>(null);
  const again = async () => {
    const payload = await run({ input: { takeId: take.id } });
    setJobId(payload?.take.job?.id ?? null);
  };
  return (
    <>
      <Button needs="CREATOR" isPending={isPending} onClick={() => void again()}>
        <RotateCcw aria-hidden />
        Run again exactly
      </Button>
      {/* Not a toast: those lie below the large view. */}
      <p role="status" className={jobId ? "basis-full text-good" : "sr-only"}>
        {jobId && (
          <>
            {"The same take is rendered again. "}
            <Link href={`/jobs/${encodeURIComponent(jobId)}`} className="text-accent-ink hover:underline">
              Open its job
            </Link>
          </>
        )}
      </p>
      {failure && (
        <p role="alert" className="basis-full text-bad">
          {failure.message}
        </p>
      )}
    </>
  );
}
