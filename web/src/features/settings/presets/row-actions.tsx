"use client";

import { Pencil, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { toast } from "#ui/toast.tsx";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { RenameDialog } from "#lib/graphql/rename-dialog.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";

interface RunnableAction<Input> {
  run: (variables: { input: Input }) => Promise<object | null>;
  isPending: boolean;
  failure: Failure | null;
}

interface RowActionsProps {
  id: string;
  name: string;
  rename: RunnableAction<{ id: string; name: string }>;
  remove: RunnableAction<{ id: string }>;
  deleteTitle: string;
  deleteLabel: string;
  /** What deleting it means for what was made with it. */
  consequence: ReactNode;
}

/** Renames and deletes what a row shows, each in a dialog. */
export function RowActions({ id, name, rename, remove, deleteTitle, deleteLabel, consequence }: RowActionsProps) {
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const close = () => setDialog(null);
  const deleteIt = async () => {
    if (!(await remove.run({ input: { id } }))) return;
    toast.success(`${name} deleted`);
    close();
  };
  return (
    <>
      <IconButton needs="CREATOR" label={`Rename ${name}`} icon={<Pencil />} onClick={() => setDialog("rename")} />
      <IconButton needs="CREATOR" label={`Delete ${name}`} icon={<Trash2 />} onClick={() => setDialog("delete")} />
      {dialog === "rename" && (
        <RenameDialog
          title={`Rename ${name}`}
          name={name}
          action={rename}
          onRename={async (next) => (await rename.run({ input: { id, name: next } })) !== null}
          onClose={close}
        />
      )}
      {dialog === "delete" && (
        <ConfirmDialog
          isOpen
          onOpenChange={(isOpen) => !isOpen && close()}
          title={deleteTitle}
          confirmLabel={deleteLabel}
          isDangerous
          isPending={remove.isPending}
          onConfirm={() => void deleteIt()}
        >
          <p>{consequence}</p>
          <FailureNotice failure={remove.failure} />
        </ConfirmDialog>
      )}
    </>
  );
}
