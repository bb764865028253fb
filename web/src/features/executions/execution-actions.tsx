"use client";

import { Ban, Clapperboard, Film, FolderDown, RotateCcw } from "lucide-react";
import { useState } from "react";
import { ContinueExecution } from "#features/executions/execution-operations.ts";
import { startHref } from "#features/executions/execution-hrefs.ts";
import { CancelDialog, RetryDialog } from "#features/executions/steer-dialogs.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { sameOrigin } from "#lib/assets.ts";
import { plural } from "#lib/format.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Link } from "#ui/link.tsx";

const ExecutionActionsFields = graphql(`
  fragment ExecutionActions on Execution {
    id
    execId
    status
    zipUrl
    branch {
      id
    }
    transitions {
      id
      status
    }
    ...SteerDialogs
  }
`);

/** What can be done with an execution in its state. */
export function ExecutionActions({ execution: source }: { execution: FragmentType<typeof ExecutionActionsFields> }) {
  const execution = readFragment(ExecutionActionsFields, source);
  const { id, execId, status, zipUrl, branch, transitions } = execution;
  const [dialog, setDialog] = useState<"cancel" | "retry" | null>(null);
  const go = useAction(ContinueExecution);
  const missing = transitions.filter((transition) => transition.status !== "DONE").length;
  const isOver = status === "SUCCEEDED" || status === "FAILED" || status === "CANCELED";
  return (
    <>
      {status === "CHOOSING" && (
        <Button
          needs="CREATOR"
          variant="primary"
          isPending={go.isPending}
          onClick={() => void go.run({ input: { id } })}
        >
          <Film aria-hidden />
          {missing > 0 ? `Make ${plural(missing, "clip")} and the film` : "Join the film"}
        </Button>
      )}
      {(status === "FAILED" || status === "CANCELED") && (
        <Button needs="CREATOR" variant="primary" onClick={() => setDialog("retry")}>
          <RotateCcw aria-hidden />
          {status === "FAILED" ? "Try again" : "Go on"}
        </Button>
      )}
      {!isOver && (
        <Button needs="CREATOR" onClick={() => setDialog("cancel")}>
          <Ban aria-hidden />
          Cancel
        </Button>
      )}
      <Button asChild>
        <a href={sameOrigin(zipUrl)} download={`${execId}.zip`}>
          <FolderDown aria-hidden />
          Download zip
        </a>
      </Button>
      {isOver && (
        <Button asChild needs="CREATOR">
          <Link href={startHref(branch.id)}>
            <Clapperboard aria-hidden />
            Render another
          </Link>
        </Button>
      )}
      {go.failure && (
        <p role="alert" className="w-full text-right text-bad">
          {go.failure.message}
        </p>
      )}
      {dialog === "cancel" && <CancelDialog execution={execution} onClose={() => setDialog(null)} />}
      {dialog === "retry" && <RetryDialog execution={execution} onClose={() => setDialog(null)} />}
    </>
  );
}
