"use client";

import { graphql } from "#gql/gql.ts";
import type { ReviewVerdict } from "#gql/graphql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useRefused } from "#ui/access.ts";
import { toast } from "#ui/toast.tsx";

export const ReviewTake = graphql(`
  mutation ReviewTake($input: ReviewTakeInput!) {
    reviewTake(input: $input) {
      __typename
      ... on ReviewTakePayload {
        take {
          id
          status
          reviewNote
        }
      }
      ...FailureFields
    }
  }
`);

const RateTake = graphql(`
  mutation RateTake($input: RateTakeInput!) {
    rateTake(input: $input) {
      __typename
      ... on RateTakePayload {
        take {
          id
          rating
        }
      }
      ...FailureFields
    }
  }
`);

export interface ReviewedTake {
  id: string;
  status: string;
  rating?: number | null;
}

/** In these states a take can be judged, and judged again. */
const judged = ["REVIEW", "APPROVED", "REJECTED"];
export const canJudge = ({ status }: Pick<ReviewedTake, "status">): boolean => judged.includes(status);

/** A person's word on takes, and the stars that they give. */
export function useReview() {
  const verdict = useAction(ReviewTake);
  const stars = useAction(RateTake);
  const refusal = useRefused("CREATOR");
  const judge = (take: ReviewedTake | null | undefined, word: ReviewVerdict) => {
    if (refusal !== null) toast.message(refusal);
    else if (take && canJudge(take) && word !== take.status)
      void verdict.run({ input: { takeId: take.id, verdict: word } });
  };
  /** The same number once more takes the stars away. */
  const rate = (take: ReviewedTake | null | undefined, rating: number) => {
    if (refusal !== null) toast.message(refusal);
    else if (take) void stars.run({ input: { takeId: take.id, rating: take.rating === rating ? null : rating } });
  };
  return {
    judge,
    rate,
    isPending: verdict.isPending,
    failure: verdict.failure ?? stars.failure,
    /** The keys of the review: A approves, R rejects, U takes it back, 1 to 5 give stars. */
    keysFor: (take: ReviewedTake | null | undefined): Record<string, () => void> => ({
      a: () => judge(take, "APPROVED"),
      r: () => judge(take, "REJECTED"),
      u: () => judge(take, "REVIEW"),
      ...Object.fromEntries([1, 2, 3, 4, 5].map((rating) => [String(rating), () => rate(take, rating)])),
    }),
  };
}

export type Review = ReturnType<typeof useReview>;
