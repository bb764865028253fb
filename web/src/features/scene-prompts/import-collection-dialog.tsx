"use client";

import { useState } from "react";
import type { SavedCollection } from "#features/scene-prompts/collection-draft.ts";
import { type CollectionTarget, ImportPromptCollection } from "#features/scene-prompts/collection-operations.ts";
import { describeFile } from "#features/scene-prompts/collection-file.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Notice } from "#ui/notice.tsx";

interface Props {
  target: CollectionTarget;
  file: { name: string; content: unknown };
  collection: (SavedCollection & { version: number }) | null;
  unsavedCount: number;
  onImported: () => void;
  onClose: () => void;
}

/** Before an import: what the file is and what it replaces. After it: what became of the file. */
export function ImportCollectionDialog({ target, file, collection, unsavedCount, onImported, onClose }: Props) {
  const { run, isPending, failure } = useAction(ImportPromptCollection);
  const [warnings, setWarnings] = useState<readonly string[] | null>(null);
  const take = async () => {
    const expectedVersion = collection?.version ?? 0;
    const payload = await run({ input: { ...target, expectedVersion, file: file.content } });
    if (!payload) return;
    onImported();
    setWarnings(payload.warnings);
  };
  const replaced = collection ? collection.prompts.length + collection.compositions.length : 0;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={warnings ? "The prompts are imported" : "Import prompts"}
      description={file.name}
    >
      {warnings ? (
        <div className="flex flex-col gap-3">
          {warnings.length === 0 ? (
            <p className="text-ink-2">Everything in the file is here now.</p>
          ) : (
            <Notice tone="warn" title={warnings[0]}>
              {warnings.length > 1 && (
                <ul className="mt-1 list-disc pl-4">
                  {warnings.slice(1).map((warning) => (
                    <li key={warning}>{warning}</li>
                  ))}
                </ul>
              )}
            </Notice>
          )}
          <DialogActions>
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </DialogActions>
        </div>
      ) : (
        <div className="flex flex-col gap-3">
          <p>{describeFile(file.content)}</p>
          <p className="text-ink-2">
            {replaced === 0
              ? "There is nothing here yet that it would replace."
              : `It takes the place of ${plural(collection?.prompts.length ?? 0, "prompt")} and ${plural(collection?.compositions.length ?? 0, "composition")}.`}
            {unsavedCount > 0 && ` ${plural(unsavedCount, "unsaved change")} would be lost.`}
          </p>
          <FailureNotice failure={failure} />
          <DialogActions>
            <Button variant="quiet" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" isPending={isPending} onClick={() => void take()}>
              Import
            </Button>
          </DialogActions>
        </div>
      )}
    </Dialog>
  );
}
