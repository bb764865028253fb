"use client";

import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { type Entries, normaliseKey } from "#features/libraries/library-draft.ts";
import { UpdateLibrary } from "#features/libraries/library-operations.ts";
import type { ChosenFile } from "#features/libraries/use-library-file.tsx";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";

interface Props {
  library: { id: string; name: string; delimiter: string; maxDepth: number };
  entries: Entries;
  file: ChosenFile;
  onClose: () => void;
}

/** Says what a file would change in a library before it does. */
export function ImportIntoDialog({ library, entries, file, onClose }: Props) {
  const { content } = file;
  const [takesSettings, setTakesSettings] = useState(false);
  const { run, isPending, failure } = useAction(UpdateLibrary);
  const texts = Object.entries(content.entries).map(([key, text]) => ({ before: entries[normaliseKey(key)], text }));
  const added = texts.filter(({ before }) => before === undefined).length;
  const replaced = texts.filter(({ before, text }) => before !== undefined && before !== text).length;
  const differs = content.delimiter !== library.delimiter || content.maxDepth !== library.maxDepth;
  const confirm = async () => {
    const payload = await run({
      input: {
        id: library.id,
        setEntries: content.entries,
        ...(takesSettings && { delimiter: content.delimiter, maxDepth: content.maxDepth }),
      },
    });
    if (!payload) return;
    toast.success(`${plural(added + replaced, "entry", "entries")} imported`);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Import ${file.name} into ${library.name}?`}
      confirmLabel="Import"
      isPending={isPending}
      onConfirm={() => void confirm()}
    >
      <p>
        {`${plural(added, "entry is", "entries are")} added, ${replaced.toLocaleString("en")} replaced, ${(texts.length - added - replaced).toLocaleString("en")} already the same. Entries that the file does not have stay.`}
      </p>
      {content.skipped.length > 0 && (
        <p className="text-warn">{`${plural(content.skipped.length, "value")} left out, being no text: ${content.skipped.slice(0, 10).join(", ")}.`}</p>
      )}
      {differs && (
        <Checkbox
          label="Take its delimiter and depth as well"
          help={`${content.delimiter} and ${content.maxDepth}; now ${library.delimiter} and ${library.maxDepth}`}
          checked={takesSettings}
          onCheckedChange={setTakesSettings}
        />
      )}
      <FailureNotice failure={failure} />
    </ConfirmDialog>
  );
}
