"use client";

import { type FormEvent, useState } from "react";
import { CreateScene } from "#features/stories/scene-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface Props {
  branchId: string;
  onClose: () => void;
}

const shownFields = ["title", "number", "scriptExcerpt"];

/** A new scene, at the end or in between. */
export function NewSceneDialog({ branchId, onClose }: Props) {
  const [title, setTitle] = useState("");
  const [number, setNumber] = useState("");
  const [scriptExcerpt, setScriptExcerpt] = useState("");
  const { run, isPending, failure } = useAction(CreateScene);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { branchId, title: title.trim(), scriptExcerpt, ...(number && { number: Number(number) }) };
    if (await run({ input })) onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="New scene">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <div className="flex gap-3">
          <Field label="Title" className="grow" error={issueFor(failure, "title")}>
            <Input
              required
              autoFocus
              maxLength={200}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </Field>
          <Field label="Number" className="w-24" error={issueFor(failure, "number")}>
            <Input
              type="number"
              min={1}
              placeholder="Last"
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          </Field>
        </div>
        <Field
          label="Script"
          help="Who and what it names is checked against the assets of the scene."
          error={issueFor(failure, "scriptExcerpt")}
        >
          <Textarea value={scriptExcerpt} onChange={(event) => setScriptExcerpt(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={shownFields} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Add scene
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
