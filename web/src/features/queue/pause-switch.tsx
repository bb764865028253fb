"use client";

import { CirclePause, CirclePlay } from "lucide-react";
import { PauseQueue, ResumeQueue } from "#features/queue/job-operations.ts";
import { graphql } from "#gql/gql.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useHydrated } from "#lib/hooks/use-hydrated.ts";
import { Button } from "#ui/button.tsx";

const QueueStateQuery = graphql(`
  query QueueState {
    systemStatus {
      isPaused
    }
  }
`);

/** Pauses and resumes the whole queue; what runs finishes either way. */
export function PauseSwitch() {
  const [{ data }] = useQuery({ query: QueueStateQuery, requestPolicy: "cache-first" });
  const pause = useAction(PauseQueue);
  const resume = useAction(ResumeQueue);
  // The status bar, which is taken over first, reads the same field.
  const isPaused = useHydrated() ? data?.systemStatus.isPaused : undefined;
  const failure = pause.failure ?? resume.failure;
  return (
    <>
      {failure && (
        <span role="alert" className="text-bad">
          {failure.message}
        </span>
      )}
      {isPaused ? (
        <Button
          needs="CREATOR"
          variant="primary"
          isPending={resume.isPending}
          onClick={() => void resume.run({ input: {} })}
        >
          <CirclePlay aria-hidden />
          Resume queue
        </Button>
      ) : (
        <Button
          needs="CREATOR"
          title="Nothing new starts; what runs finishes"
          disabled={isPaused === undefined}
          isPending={pause.isPending}
          onClick={() => void pause.run({ input: {} })}
        >
          <CirclePause aria-hidden />
          Pause queue
        </Button>
      )}
    </>
  );
}
