"use client";

import { Check, RotateCcw, Star, X } from "lucide-react";
import { useId } from "react";
import { canJudge, type Review, type ReviewedTake } from "#features/gallery/use-review.ts";
import { cn } from "#lib/cn.ts";
import { plural } from "#lib/format.ts";
import { useRefused } from "#ui/access.ts";
import { Button } from "#ui/button.tsx";

interface Props {
  take: ReviewedTake;
  review: Review;
}

/** Approve or reject, or think again. */
export function TakeVerdict({ take, review: { judge, isPending, failure } }: Props) {
  if (!canJudge(take)) return null;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {failure && (
        <span role="alert" className="text-bad">
          {failure.message}
        </span>
      )}
      {take.status === "REVIEW" ? (
        <>
          <Button needs="CREATOR" size="sm" title="A" isPending={isPending} onClick={() => judge(take, "APPROVED")}>
            <Check aria-hidden />
            Approve
          </Button>
          <Button needs="CREATOR" size="sm" title="R" isPending={isPending} onClick={() => judge(take, "REJECTED")}>
            <X aria-hidden />
            Reject
          </Button>
        </>
      ) : (
        <Button
          needs="CREATOR"
          size="sm"
          variant="quiet"
          title="U"
          isPending={isPending}
          onClick={() => judge(take, "REVIEW")}
        >
          <RotateCcw aria-hidden />
          Decide again
        </Button>
      )}
    </span>
  );
}

/** One to five stars; the number that it has takes them away. They decide nothing. */
export function TakeStars({ take, review: { rate } }: Props) {
  const refusal = useRefused("CREATOR");
  const reasonId = useId();
  return (
    <span role="group" aria-label="Stars" className="flex items-center">
      {[1, 2, 3, 4, 5].map((rating) => (
        <button
          key={rating}
          type="button"
          aria-pressed={take.rating === rating}
          aria-label={plural(rating, "star")}
          {...(refusal === null
            ? { title: String(rating) }
            : { "aria-disabled": true, "aria-describedby": reasonId, "data-tooltip": refusal })}
          onClick={() => rate(take, rating)}
          className="grid size-6 place-items-center rounded-sm text-ink-3 not-aria-disabled:hover:text-accent-ink aria-disabled:cursor-not-allowed aria-disabled:opacity-50 max-lg:size-8"
        >
          <Star aria-hidden className={cn("size-4", (take.rating ?? 0) >= rating && "fill-current text-accent-ink")} />
        </button>
      ))}
      {refusal !== null && (
        <span id={reasonId} hidden>
          {refusal}
        </span>
      )}
    </span>
  );
}
