"use client";

import { type FormEvent, useState } from "react";
import { SaveResolution } from "#features/settings/presets/preset-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

const shownFields = ["name", "width", "height"];

/** A new size for everybody. */
export function ResolutionDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [width, setWidth] = useState("1024");
  const [height, setHeight] = useState("1024");
  const { run, isPending, failure } = useAction(SaveResolution);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { name: name.trim(), width: Number(width), height: Number(height) } });
    if (payload) onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add a resolution"
      description="Offered to everybody who generates."
      className="max-w-md"
    >
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Width" error={issueFor(failure, "width")}>
            <Input type="number" min={1} value={width} onChange={(event) => setWidth(event.target.value)} />
          </Field>
          <Field label="Height" error={issueFor(failure, "height")}>
            <Input type="number" min={1} value={height} onChange={(event) => setHeight(event.target.value)} />
          </Field>
        </div>
        <FailureNotice failure={failure} shownFields={shownFields} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Add resolution
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
