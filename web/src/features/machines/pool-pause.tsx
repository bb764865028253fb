"use client";

import { CirclePause, CirclePlay } from "lucide-react";
import { PauseMachine, ResumeMachine } from "#features/machines/machine-operations.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { IconButton } from "#ui/icon-button.tsx";

/** Pauses or resumes one pool; what runs finishes either way. */
export function PoolPause({ name, isPaused }: { name: string; isPaused: boolean }) {
  const pause = useAction(PauseMachine);
  const resume = useAction(ResumeMachine);
  const action = isPaused ? resume : pause;
  return (
    <span className="flex items-center gap-2">
      {action.failure && (
        <span role="alert" className="text-sm text-bad">
          {action.failure.message}
        </span>
      )}
      <IconButton
        needs="CREATOR"
        label={isPaused ? `Resume pool ${name}` : `Pause pool ${name}`}
        isPending={action.isPending}
        icon={isPaused ? <CirclePlay /> : <CirclePause />}
        onClick={() => void action.run({ input: { pool: name } })}
      />
    </span>
  );
}
