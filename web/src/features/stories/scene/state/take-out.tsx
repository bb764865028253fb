"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { DeleteSceneAsset } from "#features/stories/scene/scene-asset-operations.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";

interface Props {
  id: string;
  name: string;
  isLocked: boolean;
  onRemoved: () => void;
}

/** Takes one asset out of a scene after a question. */
export function TakeOut({ id, name, isLocked, onRemoved }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const { run, isPending, failure, reset } = useAction(DeleteSceneAsset);
  const confirm = async () => {
    if (await run({ input: { id } })) onRemoved();
  };
  return (
    <>
      <IconButton
        needs="CREATOR"
        label={isLocked ? "Locked: unlock it to take it out" : `Take ${name} out of the scene`}
        icon={<Trash2 />}
        disabled={isLocked}
        onClick={() => setIsOpen(true)}
      />
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={(next) => {
          setIsOpen(next);
          reset();
        }}
        title={`Take ${name} out of the scene?`}
        confirmLabel="Take it out"
        isDangerous
        isPending={isPending}
        onConfirm={() => void confirm()}
      >
        <p>Its state here goes with its record. Later scenes keep what they took over; the project asset stays.</p>
        <FailureNotice failure={failure} />
      </ConfirmDialog>
    </>
  );
}
