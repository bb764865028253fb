"use client";

import { type FormEvent, useState } from "react";
import { UpdateLibrary } from "#features/libraries/library-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

interface Props {
  library: { id: string; name: string; delimiter: string; maxDepth: number };
  onDelete: () => void;
  onClose: () => void;
}

export function LibrarySettings({ library, onDelete, onClose }: Props) {
  const [name, setName] = useState(library.name);
  const [delimiter, setDelimiter] = useState(library.delimiter);
  const [maxDepth, setMaxDepth] = useState(String(library.maxDepth));
  const { run, isPending, failure } = useAction(UpdateLibrary);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { id: library.id, name: name.trim(), delimiter, maxDepth: Number(maxDepth) };
    if (await run({ input })) onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Settings of ${library.name}`}
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field
          label="Name"
          help="References by name, such as %name:key%, follow the name."
          error={issueFor(failure, "name")}
        >
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Delimiter" help="Before and behind a key" error={issueFor(failure, "delimiter")}>
            <Input
              className="font-mono"
              maxLength={8}
              value={delimiter}
              onChange={(event) => setDelimiter(event.target.value)}
            />
          </Field>
          <Field label="Depth" help="Levels of references, 1 to 100" error={issueFor(failure, "maxDepth")}>
            <Input
              type="number"
              min={1}
              max={100}
              required
              value={maxDepth}
              onChange={(event) => setMaxDepth(event.target.value)}
            />
          </Field>
        </div>
        <FailureNotice failure={failure} shownFields={["name", "delimiter", "maxDepth"]} />
        <DialogActions>
          <Button variant="quiet" className="mr-auto text-bad" onClick={onDelete}>
            Delete library…
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Save settings
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
