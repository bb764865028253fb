"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { CreateChapter } from "#features/works/chapters/chapter-operations.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Textarea } from "#ui/textarea.tsx";

/** A new chapter; its page opens when it is there. */
export function ChapterDialog({ workId, onClose }: { workId: string; onClose: () => void }) {
  const router = useRouter();
  const [number, setNumber] = useState("");
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const { run, isPending, failure } = useAction(CreateChapter);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { workId, title, text, ...(number && { number: Number(number) }) } });
    if (payload) router.push(`/works/chapters/${encodeURIComponent(payload.chapter.id)}`);
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Add a chapter">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <div className="grid grid-cols-[120px_minmax(0,1fr)] gap-3">
          <Field label="Number" help="The next one unless said" error={issueFor(failure, "number")}>
            <Input
              type="number"
              min={0}
              max={1_000_000}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          </Field>
          <Field label="Title" error={issueFor(failure, "title")}>
            <Input autoFocus value={title} onChange={(event) => setTitle(event.target.value)} />
          </Field>
        </div>
        <Field label="Text" help="In the work’s own language" error={issueFor(failure, "text")}>
          <Textarea className="min-h-48" value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={["number", "title", "text"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Add chapter
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
