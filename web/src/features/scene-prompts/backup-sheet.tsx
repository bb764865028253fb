"use client";

import { RotateCcw, Snowflake } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import type { SavedCollection } from "#features/scene-prompts/collection-draft.ts";
import { type CollectionTarget, RollbackToV1 } from "#features/scene-prompts/collection-operations.ts";
import { download } from "#lib/download.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Badge } from "#ui/badge.tsx";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Sheet } from "#ui/sheet.tsx";

interface Props {
  target: CollectionTarget;
  collection: SavedCollection & { version: number; v1Backup?: unknown };
  unsavedCount: number;
  onRolledBack: () => void;
  onClose: () => void;
}

/** The file of version 1 as it was imported, for reading only, and the way back to it. */
export function BackupSheet({ target, collection, unsavedCount, onRolledBack, onClose }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const { run, isPending, failure } = useAction(RollbackToV1);
  const { prompts, compositions, version } = collection;
  const entries = Object.entries((collection.v1Backup ?? {}) as Record<string, unknown>);
  const texts = entries.filter(([, value]) => typeof value === "string").length;
  const rollBack = async () => {
    if (!(await run({ input: { ...target, expectedVersion: version } }))) return;
    onRolledBack();
    toast.success("The prompts are as the file of version 1 had them");
    onClose();
  };
  return (
    <Sheet isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Backup of version 1">
      <div className="flex flex-col gap-4">
        <p className="flex items-start gap-2 text-ink-2">
          <Snowflake aria-hidden className="mt-0.5 size-4 shrink-0 text-calm" />
          The file that the prompts were made of. It never changes, whatever becomes of them.
        </p>
        <dl className="divide-y border-y">
          {entries.map(([key, value]) => (
            <div key={key} className="py-2">
              <dt className="flex items-center gap-2 font-mono break-all text-ink-2">
                {key}
                {typeof value !== "string" && <Badge>no text</Badge>}
              </dt>
              <dd className="break-words whitespace-pre-wrap">
                {typeof value === "string" ? value : <code className="font-mono text-sm">{JSON.stringify(value)}</code>}
              </dd>
            </div>
          ))}
        </dl>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => download("prompts v1.json", `${JSON.stringify(collection.v1Backup, null, 2)}\n`)}>
            Download
          </Button>
          <Button needs="CREATOR" onClick={() => setIsAsking(true)}>
            <RotateCcw aria-hidden />
            Roll back to it
          </Button>
        </div>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title="Roll back to version 1?"
        confirmLabel="Roll back"
        isDangerous
        isPending={isPending}
        onConfirm={() => void rollBack()}
      >
        <p>
          {`${plural(prompts.length, "prompt")} and ${plural(compositions.length, "composition")} go; ${plural(texts, "prompt")} of the backup take their place, without category, description and tags.`}
          {unsavedCount > 0 && ` ${plural(unsavedCount, "unsaved change")} would be lost as well.`}
          {" Export first what is to be kept: this can't be undone. The backup stays."}
        </p>
        <FailureNotice failure={failure} />
      </ConfirmDialog>
    </Sheet>
  );
}
