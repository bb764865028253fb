"use client";

import { Lock, LockOpen, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { DeleteVisualStyle, LockVisualStyle, UnlockVisualStyle } from "#features/visual-styles/style-operations.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";

interface Props {
  style: { id: string; name: string; isLocked: boolean; images: readonly unknown[] };
  /** Of another style of the project that is locked. */
  lockedName: string | null;
  hasUnsaved: boolean;
  onChanged: () => void;
}

/** Locks, unlocks and deletes a style, each with what follows from it. */
export function StyleActions({ style, lockedName, hasUnsaved, onChanged }: Props) {
  const { id, name, isLocked, images } = style;
  const [dialog, setDialog] = useState<"lock" | "unlock" | "delete" | null>(null);
  const actions = {
    lock: useAction(LockVisualStyle),
    unlock: useAction(UnlockVisualStyle),
    delete: useAction(DeleteVisualStyle),
  };
  const close = (): void => {
    setDialog(null);
    for (const { reset } of Object.values(actions)) reset();
  };
  const confirm = async (what: keyof typeof actions, done: string) => {
    if (!(await actions[what].run({ input: { id } }))) return;
    toast.success(done);
    close();
    onChanged();
  };
  const common = { isOpen: true, onOpenChange: (isOpen: boolean) => !isOpen && close() };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isLocked ? (
        <Button needs="CREATOR" onClick={() => setDialog("unlock")}>
          <LockOpen aria-hidden />
          Unlock
        </Button>
      ) : (
        <Button needs="CREATOR" variant="primary" disabled={hasUnsaved} onClick={() => setDialog("lock")}>
          <Lock aria-hidden />
          Lock for the project
        </Button>
      )}
      {!isLocked && (
        <IconButton needs="CREATOR" label={`Delete ${name}`} icon={<Trash2 />} onClick={() => setDialog("delete")} />
      )}
      {dialog === "lock" && (
        <ConfirmDialog
          {...common}
          title={`Lock ${name}?`}
          confirmLabel="Lock style"
          isPending={actions.lock.isPending}
          onConfirm={() => void confirm("lock", `${name} is locked`)}
        >
          <p>
            From now on every picture of the project’s assets is made in it.
            {lockedName !== null && ` ${lockedName} is unlocked in its place; pictures made in that stay as they are.`}
            {" While it is locked, it can’t be changed or deleted."}
          </p>
          <FailureNotice failure={actions.lock.failure} />
        </ConfirmDialog>
      )}
      {dialog === "unlock" && (
        <ConfirmDialog
          {...common}
          title={`Unlock ${name}?`}
          confirmLabel="Unlock style"
          isDangerous
          isPending={actions.unlock.isPending}
          onConfirm={() => void confirm("unlock", `${name} is unlocked`)}
        >
          <p>
            The project has no locked style then: no picture of an asset can be made, and no scene can go on to Ready or
            Rendered, until one is locked again. Pictures that are there stay.
          </p>
          <FailureNotice failure={actions.unlock.failure} />
        </ConfirmDialog>
      )}
      {dialog === "delete" && (
        <ConfirmDialog
          {...common}
          title={`Delete ${name}?`}
          confirmLabel="Delete style"
          isDangerous
          isPending={actions.delete.isPending}
          onConfirm={() => void confirm("delete", `${name} deleted`)}
        >
          <p>
            {`Its texts and the choice of ${plural(images.length, "reference picture")} are lost, which can’t be undone. The files stay, and so do pictures that were made in it.`}
          </p>
          <FailureNotice failure={actions.delete.failure} />
        </ConfirmDialog>
      )}
    </div>
  );
}
