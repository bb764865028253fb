"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { CreateWork } from "#features/works/work-operations.ts";
import { ChosenProjectAccess } from "#lib/graphql/chosen-project-access.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

/** A new work; its page opens when it is there. */
export function WorkDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [values, setValues] = useState({ title: "", author: "", language: "", targetLanguage: "English" });
  const [projectId, setProjectId] = useState("");
  const { run, isPending, failure } = useAction(CreateWork);
  const bind = (field: keyof typeof values) => ({
    value: values[field],
    onChange: ({ target }: { target: { value: string } }) => setValues({ ...values, [field]: target.value }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { ...values, ...(projectId && { projectId }) } });
    if (payload) router.push(`/works/${encodeURIComponent(payload.work.id)}`);
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="New work" className="max-w-md">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Title" error={issueFor(failure, "title")}>
          <Input required autoFocus maxLength={300} {...bind("title")} />
        </Field>
        <Field label="Author" error={issueFor(failure, "author")}>
          <Input {...bind("author")} />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label="Written in" help="As prompts name it: Japanese" error={issueFor(failure, "language")}>
            <Input required {...bind("language")} />
          </Field>
          <Field label="Translated into" error={issueFor(failure, "targetLanguage")}>
            <Input required {...bind("targetLanguage")} />
          </Field>
        </div>
        <Field label="Project" error={issueFor(failure, "projectId")}>
          <ProjectPicker none="Whole studio" value={projectId} onValueChange={setProjectId} />
        </Field>
        <FailureNotice failure={failure} shownFields={["title", "author", "language", "targetLanguage", "projectId"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <ChosenProjectAccess projectId={projectId}>
            <Button needs="CREATOR" type="submit" variant="primary" isPending={isPending}>
              Create work
            </Button>
          </ChosenProjectAccess>
        </DialogActions>
      </form>
    </Dialog>
  );
}
