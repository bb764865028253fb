"use client";

import { Clapperboard } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { executionHref } from "#features/executions/execution-hrefs.ts";
import { StageEstimate } from "#features/executions/start/stage-estimate.tsx";
import { StartExecution } from "#features/executions/start/start-operations.ts";
import type { StartPreflight } from "#features/executions/start/use-start-preflight.ts";
import type { StartExecutionInput } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { uniqueKey } from "#lib/unique-key.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

interface Props {
  input: StartExecutionInput;
  sceneCount: number;
  preflight: StartPreflight;
  isIncomplete: boolean;
}

/** Starts the film after saying what will be made and what it takes. */
export function StartBar({ input, sceneCount, preflight: { plan, isCurrent }, isIncomplete }: Props) {
  const router = useRouter();
  const { run, isPending, failure, reset } = useAction(StartExecution);
  /** While it is asked: a repeat of the same start answers the same film. */
  const [key, setKey] = useState<string | null>(null);
  const scenes = plan?.sceneCount ?? sceneCount;
  const start = async () => {
    const started = await run({ input: { ...input, idempotencyKey: key } });
    if (started) router.push(executionHref(started.execution.id));
  };
  return (
    <>
      <Button
        needs="CREATOR"
        variant="primary"
        size="lg"
        disabled={isIncomplete || !isCurrent || !plan || plan.isBlocked}
        onClick={() => {
          reset();
          setKey(uniqueKey());
        }}
      >
        <Clapperboard aria-hidden />
        Render the film
      </Button>
      <ConfirmDialog
        isOpen={key !== null}
        onOpenChange={(isOpen) => !isOpen && setKey(null)}
        title={`Render ${plural(scenes, "scene")} × ${plural(input.variants ?? 1, "image")}, then ${plural(scenes - 1, "transition")}?`}
        confirmLabel="Start"
        cancelLabel="Not yet"
        isPending={isPending}
        onConfirm={() => void start()}
      >
        {plan && (
          <>
            <StageEstimate name="image" estimate={plan.images} />
            <StageEstimate name="clip" estimate={plan.videos} />
          </>
        )}
        <p>
          {input.pausesForChoice
            ? "It waits for your choice between the two. Later changes of the story change nothing of it."
            : "The clips follow without a stop. Later changes of the story change nothing of it."}
        </p>
        <FailureNotice failure={failure} />
      </ConfirmDialog>
    </>
  );
}
