"use client";

import { Sprout } from "lucide-react";
import { SeedWorkPrompt } from "#features/works/prompt/prompt-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";

/** A work without a prompt can't be translated; the usual one is a start. */
export function SeedPrompt({ workId }: { workId: string }) {
  const { run, isPending, failure } = useAction(SeedWorkPrompt);
  return (
    <>
      <EmptyState
        icon={Sprout}
        title="No prompt yet"
        actions={
          <Button
            needs="CREATOR"
            variant="primary"
            isPending={isPending}
            onClick={() => void run({ input: { workId } })}
          >
            Use the usual prompt
          </Button>
        }
      >
        A prompt tells the language model how to translate this work. Begin with the usual one, then make it your own.
      </EmptyState>
      <FailureNotice failure={failure} />
    </>
  );
}
