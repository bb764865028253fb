"use client";

import { RevertPromptVersion } from "#features/works/prompt/prompt-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { toast } from "#ui/toast.tsx";

interface Props {
  version: { id: string; number: number };
  /** What the copy will be called, unless somebody is faster. */
  nextNumber: number;
  onClose: () => void;
}

/** Takes an older version up again, by a copy of it. */
export function RevertDialog({ version: { id, number }, nextNumber, onClose }: Props) {
  const { run, isPending, failure } = useAction(RevertPromptVersion);
  const revert = async () => {
    const payload = await run({ input: { versionId: id } });
    if (!payload) return;
    toast.success(`Version ${payload.promptVersion.number} is a copy of version ${number}, and holds now`);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Revert to version ${number}?`}
      confirmLabel={`Revert to version ${number}`}
      isPending={isPending}
      onConfirm={() => void revert()}
    >
      <p>
        {`Version ${nextNumber} is appended as a copy of version ${number}, and holds for what is translated from then on. No version is lost, and translations that are there or under way stay as they are.`}
      </p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
