"use client";

import { useRouter } from "next/navigation";
import { toast } from "#ui/toast.tsx";
import { DeleteLibrary } from "#features/libraries/library-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { plural } from "#lib/format.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

interface Props {
  id: string;
  name: string;
  entryCount: number;
  /** Names of the projects that it is attached to. */
  projects: readonly string[];
  onClose: () => void;
}

export function DeleteLibraryDialog({ id, name, entryCount, projects, onClose }: Props) {
  const router = useRouter();
  const { run, isPending, failure } = useAction(DeleteLibrary);
  const remove = async () => {
    if (!(await run({ input: { id } }))) return;
    toast.success(`${name} deleted`);
    router.push("/libraries");
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete ${name}?`}
      confirmLabel="Delete library"
      isDangerous
      isPending={isPending}
      onConfirm={() => void remove()}
    >
      <p>
        {`${plural(entryCount, "entry is", "entries are")} lost, which can't be undone.`}
        {projects.length === 0
          ? " No project uses it."
          : ` Prompts of ${projects.slice(0, 5).join(", ")}${projects.length > 5 ? " and others" : ""} that refer to it will say the key instead of the text.`}
      </p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
