"use client";

import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { type EntryDraft, toEntryInput } from "#features/prompts/overrides/override-drafts.ts";
import { graphql } from "#gql/gql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { plural } from "#lib/format.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

const CreateOverrideTemplate = graphql(`
  mutation CreateOverrideTemplate($input: CreateOverrideTemplateInput!) {
    createOverrideTemplate(input: $input) {
      __typename
      ... on CreateOverrideTemplatePayload {
        template {
          id
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  entries: readonly EntryDraft[];
  onClose: () => void;
}

/** Keeps a slot's fragments, in their order, under a name. */
export function SaveTemplateDialog({ entries, onClose }: Props) {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const { run, isPending, failure } = useAction(CreateOverrideTemplate);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fragments = entries.map((entry) => ({ ...toEntryInput(entry), text: entry.text }));
    const input = { name: name.trim(), ...(description.trim() && { description: description.trim() }), fragments };
    if (!(await run({ input }))) return;
    toast.success("Template saved");
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Save as a template"
      description={`${plural(entries.length, "fragment")} to add to any slot of any character.`}
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input
            required
            autoFocus
            placeholder="Night exterior"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Description" error={issueFor(failure, "description")}>
          <Input value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={["name", "description"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Save template
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
