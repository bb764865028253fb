"use client";

import { RemoveMachine } from "#features/machines/machine-operations.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

interface Props {
  id: string;
  name: string;
  activeRuns: number;
  onClose: () => void;
}

export function RemoveDialog({ id, name, activeRuns, onClose }: Props) {
  const { run, isPending, failure } = useAction(RemoveMachine);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Remove ${name}?`}
      confirmLabel="Remove machine"
      isDangerous
      isPending={isPending}
      onConfirm={() => void run({ input: { id } }).then((payload) => payload && onClose())}
    >
      <p>
        {activeRuns > 0
          ? `${plural(activeRuns, "run")} on it would be cut off. Pause the machine and let them finish first.`
          : "It gets no more runs. Its finished pictures stay."}
      </p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
