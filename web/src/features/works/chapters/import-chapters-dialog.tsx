"use client";

import { type FormEvent, useState } from "react";
import { ImportChapters } from "#features/works/chapters/chapter-operations.ts";
import { plural } from "#lib/format.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Dropzone } from "#ui/dropzone.tsx";
import { Field } from "#ui/field.tsx";
import { Textarea } from "#ui/textarea.tsx";
import { toast } from "#ui/toast.tsx";

/** A book, or a part of one, as text: the server cuts it at its headings. */
export function ImportChaptersDialog({ workId, onClose }: { workId: string; onClose: () => void }) {
  const [text, setText] = useState("");
  const { run, isPending, failure } = useAction(ImportChapters);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { workId, text } });
    if (!payload) return;
    toast.success(`${plural(payload.imported, "chapter")} added`);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Import chapters"
      description="Cut at headings such as “Chapter 12: The pier”, “第3話” or “# The pier”."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Dropzone
          label="Choose or drop a text file"
          accept=".txt,.md,text/plain"
          onFiles={([file]) => void file?.text().then(setText)}
        />
        <Field label="Text" error={issueFor(failure, "text")}>
          <Textarea
            required
            className="max-h-72 min-h-40"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <FailureNotice failure={failure} shownFields={["text"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Import
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
