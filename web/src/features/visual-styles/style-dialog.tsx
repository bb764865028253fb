"use client";

import { type FormEvent, useState } from "react";
import { CreateVisualStyle } from "#features/visual-styles/style-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface Props {
  projectId: string;
  onClose: () => void;
  onCreated: (styleId: string) => void;
}

export function StyleDialog({ projectId, onClose, onCreated }: Props) {
  const [name, setName] = useState("");
  const [prompt, setPrompt] = useState("");
  const { run, isPending, failure } = useAction(CreateVisualStyle);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { projectId, name: name.trim(), prompt } });
    if (!payload) return;
    onCreated(payload.visualStyle.id);
    onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="New style" className="max-w-md">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input required autoFocus maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Text" help="Every picture is asked for with it" error={issueFor(failure, "prompt")}>
          <Textarea value={prompt} onChange={(event) => setPrompt(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={["name", "prompt"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Create style
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
