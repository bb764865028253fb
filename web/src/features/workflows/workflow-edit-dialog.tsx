"use client";

import { type FormEvent, useState } from "react";
import { categoryOptions } from "#lib/categories.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { WorkflowCategory } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { Textarea } from "#ui/textarea.tsx";

const WorkflowEditFields = graphql(`
  fragment WorkflowEdit on Workflow {
    id
    name
    description
    category
  }
`);

const UpdateWorkflow = graphql(`
  mutation UpdateWorkflow($input: UpdateWorkflowInput!) {
    updateWorkflow(input: $input) {
      __typename
      ... on UpdateWorkflowPayload {
        workflow {
          id
          ...WorkflowEdit
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  workflow: FragmentType<typeof WorkflowEditFields>;
  onClose: () => void;
}

export function WorkflowEditDialog({ workflow: source, onClose }: Props) {
  const workflow = readFragment(WorkflowEditFields, source);
  const [name, setName] = useState(workflow.name);
  const [description, setDescription] = useState(workflow.description ?? "");
  const [category, setCategory] = useState<WorkflowCategory>(workflow.category);
  const { run, isPending, failure } = useAction(UpdateWorkflow);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await run({ input: { id: workflow.id, name: name.trim(), description: description.trim(), category } }))
      onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="Rename workflow">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input required value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Category" error={issueFor(failure, "category")}>
          <Select
            value={category}
            onValueChange={(next) => setCategory(next as WorkflowCategory)}
            options={categoryOptions}
          />
        </Field>
        <Field label="Description" error={issueFor(failure, "description")}>
          <Textarea value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={["name", "category", "description"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
