"use client";

import { useState } from "react";
import { CancelExecution, RetryExecution } from "#features/executions/execution-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

const SteerDialogsFields = graphql(`
  fragment SteerDialogs on Execution {
    id
    status
    progress {
      images {
        total
        succeeded
      }
      videos {
        total
        succeeded
      }
    }
  }
`);

interface Props {
  execution: FragmentType<typeof SteerDialogsFields>;
  onClose: () => void;
}

/** What there is and what is missing, in words. */
function counts(source: Props["execution"]) {
  const { id, status, progress } = readFragment(SteerDialogsFields, source);
  const { images, videos } = progress;
  const words = (imageCount: number, clipCount: number) =>
    `${plural(imageCount, "image")} and ${plural(clipCount, "clip")}`;
  return {
    id,
    status,
    there: words(images.succeeded, videos.succeeded),
    missing: words(images.total - images.succeeded, videos.total - videos.succeeded),
  };
}

export function CancelDialog({ execution, onClose }: Props) {
  const { id, status, there, missing } = counts(execution);
  const { run, isPending, failure } = useAction(CancelExecution);
  const cancel = async () => {
    if (await run({ input: { id } })) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Cancel this film?"
      confirmLabel="Cancel the film"
      cancelLabel="Keep going"
      isDangerous
      isPending={isPending}
      onConfirm={() => void cancel()}
    >
      <p>
        {status === "CHOOSING"
          ? `${missing} are not made.`
          : status === "STITCHING"
            ? "The joining is stopped."
            : `${missing} are not made; those that run now are interrupted.`}
      </p>
      <p>{`${there} stay, and so does what you have chosen. You can go on with it later.`}</p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}

export function RetryDialog({ execution, onClose }: Props) {
  const { id, status, there, missing } = counts(execution);
  const { run, isPending, failure } = useAction(RetryExecution);
  const [newSeeds, setNewSeeds] = useState(false);
  const retry = async () => {
    if (await run({ input: { id, newSeeds } })) onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={status === "FAILED" ? "Try again what failed?" : "Go on with this film?"}
      confirmLabel={status === "FAILED" ? "Try again" : "Go on"}
      isPending={isPending}
      onConfirm={() => void retry()}
    >
      <p>{`${missing} are made. ${there} stay as they are.`}</p>
      <Checkbox
        label="Fresh seeds for what failed"
        help="Else the same is tried again, which helps where a machine was the reason."
        checked={newSeeds}
        onCheckedChange={setNewSeeds}
      />
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
