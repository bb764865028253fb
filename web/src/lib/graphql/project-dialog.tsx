"use client";

import { type FormEvent, useState } from "react";
import { graphql } from "#gql/gql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

const CreateProject = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      __typename
      ... on CreateProjectPayload {
        project {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  onClose: () => void;
  onCreated?: (projectId: string) => void;
}

/** A new project, from any page that has something of one. */
export function ProjectDialog({ onClose, onCreated }: Props) {
  const [name, setName] = useState("");
  const { run, isPending, failure } = useAction(CreateProject);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { name: name.trim() } });
    if (!payload) return;
    onCreated?.(payload.project.id);
    onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="New project" className="max-w-md">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={issueFor(failure, "name")}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <FailureNotice failure={failure} shownFields={["name"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Create project
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
