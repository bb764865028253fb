"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { CreateLibrary } from "#features/libraries/library-operations.ts";
import type { LibraryFile } from "#features/libraries/library-file.ts";
import { plural } from "#lib/format.ts";
import { ChosenProjectAccess } from "#lib/graphql/chosen-project-access.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Notice } from "#ui/notice.tsx";

interface Props {
  /** What was read from a file; left out: an empty library. */
  file?: { name: string; content: LibraryFile };
  onClose: () => void;
}

export function LibraryDialog({ file, onClose }: Props) {
  const router = useRouter();
  const [name, setName] = useState(file?.name ?? "");
  const [projectId, setProjectId] = useState("");
  const [delimiter, setDelimiter] = useState(file?.content.delimiter ?? "%");
  const [maxDepth, setMaxDepth] = useState(String(file?.content.maxDepth ?? 10));
  const { run, isPending, failure } = useAction(CreateLibrary);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({
      input: {
        name: name.trim(),
        delimiter,
        maxDepth: Number(maxDepth),
        ...(projectId && { projectId }),
        ...(file && { entries: file.content.entries }),
      },
    });
    if (payload) router.push(`/libraries/${encodeURIComponent(payload.library.id)}`);
  };
  const skipped = file?.content.skipped ?? [];
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={file ? "Import a library" : "New library"}
      {...(file && { description: plural(Object.keys(file.content.entries).length, "entry", "entries") })}
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" help="Prompts may say %name:key%." error={issueFor(failure, "name")}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Project" error={issueFor(failure, "projectId")}>
          <ProjectPicker none="Whole studio" value={projectId} onValueChange={setProjectId} />
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
        {skipped.length > 0 && (
          <Notice tone="warn" title={`${plural(skipped.length, "value")} left out, being no text`}>
            {skipped.slice(0, 10).join(", ")}
          </Notice>
        )}
        <FailureNotice failure={failure} shownFields={["name", "projectId", "delimiter", "maxDepth"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <ChosenProjectAccess projectId={projectId}>
            <Button needs="CREATOR" type="submit" variant="primary" isPending={isPending}>
              {file ? "Import library" : "Create library"}
            </Button>
          </ChosenProjectAccess>
        </DialogActions>
      </form>
    </Dialog>
  );
}
