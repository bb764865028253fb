"use client";

import { Lock, LockOpen, Sparkles, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import {
  DeleteSceneAsset,
  LockSceneAssets,
  UnlockSceneAssets,
} from "#features/stories/scene/scene-asset-operations.ts";
import type { ElementRowFragment } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useEachAction } from "#lib/graphql/use-each-action.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

const GenerateDialog = dynamic(
  async () => (await import("#features/stories/scene/generate/generate-dialog.tsx")).GenerateDialog,
);

interface Props {
  projectId: string;
  selected: readonly ElementRowFragment[];
  onDone: () => void;
}

/** What can be done with the selected assets of a scene. */
export function SelectionActions({ projectId, selected, onDone }: Props) {
  const [isRemoving, setIsRemoving] = useState(false);
  const [isGenerating, setIsGenerating] = useState(false);
  const lock = useAction(LockSceneAssets);
  const unlock = useAction(UnlockSceneAssets);
  const remove = useEachAction(DeleteSceneAsset);
  if (selected.length === 0) return null;
  const locked = selected.filter(({ isLocked }) => isLocked);
  const open = selected.filter(({ isLocked }) => !isLocked);
  const idsOf = (elements: readonly ElementRowFragment[]) => elements.map(({ id }) => id);
  const confirm = async () => {
    const gone = await remove.run(open.map(({ id }) => ({ input: { id } })));
    if (gone.length < open.length) return;
    setIsRemoving(false);
    onDone();
  };
  return (
    <div className="sticky bottom-8 z-10 border-t bg-bg py-2 max-md:bottom-14">
      <p role="status" className="mb-1.5 px-2 text-accent-ink">{`${plural(selected.length, "asset")} selected`}</p>
      <div className="flex flex-wrap gap-1 px-1">
        <Button needs="CREATOR" size="sm" variant="primary" onClick={() => setIsGenerating(true)}>
          <Sparkles aria-hidden />
          {`Generate ${selected.length}`}
        </Button>
        {open.length > 0 && (
          <Button
            needs="CREATOR"
            size="sm"
            isPending={lock.isPending}
            onClick={() => void lock.run({ input: { ids: idsOf(open) } })}
          >
            <Lock aria-hidden />
            Lock
          </Button>
        )}
        {locked.length > 0 && (
          <Button
            needs="CREATOR"
            size="sm"
            isPending={unlock.isPending}
            onClick={() => void unlock.run({ input: { ids: idsOf(locked) } })}
          >
            <LockOpen aria-hidden />
            Unlock
          </Button>
        )}
        <Button
          needs="CREATOR"
          size="sm"
          variant="quiet"
          disabled={open.length === 0}
          onClick={() => setIsRemoving(true)}
        >
          <Trash2 aria-hidden />
          Take out
        </Button>
        <Button size="sm" variant="quiet" onClick={onDone}>
          Clear
        </Button>
      </div>
      <FailureNotice failure={lock.failure ?? unlock.failure} />
      {isGenerating && (
        <GenerateDialog
          instanceIds={idsOf(selected)}
          projectId={projectId}
          onClose={() => setIsGenerating(false)}
          onStarted={onDone}
        />
      )}
      <ConfirmDialog
        isOpen={isRemoving}
        onOpenChange={setIsRemoving}
        title={`Take ${plural(open.length, "asset")} out of the scene?`}
        confirmLabel={`Take out ${open.length}`}
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void confirm()}
      >
        <p>
          {open
            .slice(0, 8)
            .map(({ projectAsset }) => projectAsset.name)
            .join(", ")}
          {open.length > 8 && ` and ${open.length - 8} more`}
          {". Their states go with their record; project assets and pictures stay."}
          {locked.length > 0 && ` ${plural(locked.length, "locked one stays", "locked ones stay")}.`}
        </p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </div>
  );
}
