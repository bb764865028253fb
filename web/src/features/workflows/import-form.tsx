"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { categoryOptions } from "#features/workflows/categories.ts";
import { readWorkflowFile, type WorkflowSource } from "#features/workflows/workflow-file.ts";
import type { ImportWorkflowInput, WorkflowCategory } from "#gql/graphql.ts";
import { formatBytes } from "#lib/format.ts";
import { type Failure, issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { Button } from "#ui/button.tsx";
import { DialogActions } from "#ui/dialog.tsx";
import { Dropzone } from "#ui/dropzone.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface ImportFormProps {
  initial: WorkflowSource;
  existingName?: string;
  failure: Failure | null;
  isPending: boolean;
  onSubmit: (input: ImportWorkflowInput) => void;
  onCancel: () => void;
}

const previewLength = 4_000;

export function ImportForm({ initial, existingName, failure, isPending, onSubmit, onCancel }: ImportFormProps) {
  const [name, setName] = useState(existingName ?? initial.name);
  const [text, setText] = useState(initial.text);
  const [category, setCategory] = useState("");
  const isLong = text.length > previewLength;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ name: name.trim(), source: text, ...(category && { category: category as WorkflowCategory }) });
  };
  const takeFile = ([file]: File[]) => {
    if (!file) return;
    readWorkflowFile(file).then(
      (source) => {
        setText(source.text);
        if (!existingName) setName(source.name);
      },
      (error: Error) => toast.error(error.message),
    );
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-[1fr_200px]">
        <Field
          label="Name"
          error={issueFor(failure, "name")}
          {...(existingName && { help: "The import becomes this workflow's next version." })}
        >
          <Input
            required
            value={name}
            readOnly={Boolean(existingName)}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Category" error={issueFor(failure, "category")}>
          <Select
            value={category}
            onValueChange={setCategory}
            options={[{ value: "", label: "Tell from the graph" }, ...categoryOptions]}
          />
        </Field>
      </div>
      <Dropzone label="Choose a file or drop it here" accept=".json,.yaml,.yml,application/json" onFiles={takeFile} />
      <Field
        label="Graph"
        error={issueFor(failure, "source")}
        aside={text && <span className="text-sm text-ink-3">{formatBytes(new Blob([text]).size)}</span>}
        help="In ComfyUI: Workflow, Export (API)."
      >
        <Textarea
          required
          spellCheck={false}
          readOnly={isLong}
          className="max-h-56 min-h-32 font-mono text-sm"
          placeholder="…or paste the JSON here"
          value={isLong ? `${text.slice(0, previewLength)}\n…` : text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <FailureNotice failure={failure} shownFields={["name", "category", "source"]} />
      <DialogActions>
        {isLong && (
          <Button variant="quiet" onClick={() => setText("")}>
            Clear the graph
          </Button>
        )}
        <Button variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" autoFocus={text !== ""} isPending={isPending}>
          Import
        </Button>
      </DialogActions>
    </form>
  );
}
