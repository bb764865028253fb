"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DeleteWork } from "#features/works/work-operations.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { toast } from "#ui/toast.tsx";

/** Deletes a work with all that hangs on it, once somebody has read what that is. */
export function DeleteWorkButton({ id, title, chapterCount }: { id: string; title: string; chapterCount: number }) {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const { run, isPending, failure } = useAction(DeleteWork);
  const remove = async () => {
    if (!(await run({ input: { id } }))) return;
    toast.success(`${title} deleted`);
    router.replace("/works");
  };
  return (
    <>
      <IconButton needs="CREATOR" label={`Delete ${title}`} icon={<Trash2 />} onClick={() => setIsAsking(true)} />
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Delete ${title}?`}
        confirmLabel="Delete work"
        isDangerous
        isPending={isPending}
        onConfirm={() => void remove()}
      >
        <p>
          {`${plural(chapterCount, "chapter")} with all translations, the prompt and its versions are lost, which can’t be undone.`}
        </p>
        <FailureNotice failure={failure} />
      </ConfirmDialog>
    </>
  );
}
