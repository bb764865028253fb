"use client";

import { RotateCcw, X } from "lucide-react";
import { passOf, type WrittenItem } from "#features/generate/auto-prompts/written-texts.ts";
import type { AutoPromptStage, AutoPromptStatus } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Progress } from "#ui/progress.tsx";

interface AutoPromptStateProps {
  set: { stage: AutoPromptStage; status: AutoPromptStatus; items: readonly WrittenItem[] };
  isPending: boolean;
  onCancel: () => void;
  onRetry: () => void;
}

/** How far the writing is, with a way to end it; then what became of it, with a way to go on. */
export function AutoPromptState({ set: { stage, status, items }, isPending, onCancel, onRetry }: AutoPromptStateProps) {
  if (status === "PENDING" || status === "RUNNING") {
    const { words, share } = passOf(stage, items);
    return (
      <div className="flex items-center gap-3">
        <div className="min-w-0 grow">
          <p role="status" className="mb-1 tabular-nums">
            {words}
          </p>
          <Progress label={words} value={share} />
        </div>
        <Button size="sm" isPending={isPending} onClick={onCancel}>
          <X aria-hidden />
          Cancel writing
        </Button>
      </div>
    );
  }
  const failed = items.filter((item) => item.status === "FAILED").length;
  const done = items.filter((item) => item.status === "DONE").length;
  return (
    <div className="flex min-h-8 items-center justify-between gap-3">
      <p role="status" className="text-ink-2">
        {stage === "CAPTION" ? `${plural(done, "picture")} described` : `${plural(done, "picture")} with prompts`}
        {failed > 0 && `, ${failed} failed`}
        {status === "CANCELED" && ", then canceled"}
      </p>
      {status !== "SUCCEEDED" && (
        <Button size="sm" isPending={isPending} onClick={onRetry}>
          {!isPending && <RotateCcw aria-hidden />}
          Write the rest again
        </Button>
      )}
    </div>
  );
}
