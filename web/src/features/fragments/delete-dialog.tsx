"use client";

import { toast } from "#ui/toast.tsx";
import { DeleteFragments } from "#features/fragments/fragment-operations.ts";
import type { FragmentValues } from "#features/fragments/fragment-row.tsx";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

interface Props {
  fragments: readonly FragmentValues[];
  onDeleted?: () => void;
  onClose: () => void;
}

export function DeleteDialog({ fragments, onDeleted, onClose }: Props) {
  const { run, isPending, failure } = useAction(DeleteFragments);
  const what = plural(fragments.length, "fragment");
  const used = fragments.filter(({ usageCount }) => usageCount > 0).length;
  const [only] = fragments;
  const remove = async () => {
    const payload = await run({ input: { ids: fragments.map(({ id }) => id) } });
    if (!payload) return;
    toast.success(`${plural(payload.deletedIds.length, "fragment")} deleted`);
    onDeleted?.();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete ${what}?`}
      confirmLabel={`Delete ${what}`}
      isDangerous
      isPending={isPending}
      onConfirm={() => void remove()}
    >
      {fragments.length === 1 && only && <p className="break-words text-ink">{only.text}</p>}
      <p>
        {used === 0
          ? "Nothing has used them so far. This can't be undone."
          : `${used === 1 ? "One has" : `${used.toLocaleString("en")} have`} been used. Overrides keep the text that they copied; only the library loses it. This can't be undone.`}
      </p>
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
