"use client";

import { Check, RotateCcw, X } from "lucide-react";
import { graphql } from "#gql/gql.ts";
import type { ReviewVerdict } from "#gql/graphql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";

const ReviewTake = graphql(`
  mutation ReviewTake($input: ReviewTakeInput!) {
    reviewTake(input: $input) {
      __typename
      ... on ReviewTakePayload {
        take {
          id
          status
        }
      }
      ...FailureFields
    }
  }
`);

/** In these states a take can be judged, and judged again. */
const judged = ["REVIEW", "APPROVED", "REJECTED"];

/** A person's word on a take. */
export function useVerdict(take: { id: string; status: string }) {
  const { run, isPending, failure } = useAction(ReviewTake);
  const canJudge = judged.includes(take.status);
  const judge = (verdict: ReviewVerdict) => {
    if (canJudge && verdict !== take.status) void run({ input: { takeId: take.id, verdict } });
  };
  return { judge, canJudge, isPending, failure };
}

interface Props {
  take: { id: string; status: string };
  verdict: ReturnType<typeof useVerdict>;
}

export function TakeVerdict({ take, verdict: { judge, canJudge, isPending, failure } }: Props) {
  if (!canJudge) return null;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {failure && (
        <span role="alert" className="text-bad">
          {failure.message}
        </span>
      )}
      {take.status === "REVIEW" ? (
        <>
          <Button size="sm" title="A" isPending={isPending} onClick={() => judge("APPROVED")}>
            <Check aria-hidden />
            Approve
          </Button>
          <Button size="sm" title="R" isPending={isPending} onClick={() => judge("REJECTED")}>
            <X aria-hidden />
            Reject
          </Button>
        </>
      ) : (
        <Button size="sm" variant="quiet" title="U" isPending={isPending} onClick={() => judge("REVIEW")}>
          <RotateCcw aria-hidden />
          Decide again
        </Button>
      )}
    </span>
  );
}
