"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { graphql } from "#gql/gql.ts";
import { ChosenProjectAccess } from "#lib/graphql/chosen-project-access.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { ProjectPicker } from "#lib/graphql/pickers/project-picker.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

const CreateCharacter = graphql(`
  mutation CreateCharacter($input: CreateCharacterInput!) {
    createCharacter(input: $input) {
      __typename
      ... on CreateCharacterPayload {
        character {
          id
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  initialProjectId: string;
  onClose: () => void;
}

export function CharacterDialog({ initialProjectId, onClose }: Props) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [projectId, setProjectId] = useState(initialProjectId);
  const { run, isPending, failure } = useAction(CreateCharacter);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { projectId, name: name.trim() } });
    if (payload) router.push(`/characters/${encodeURIComponent(payload.character.id)}`);
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="New character" className="max-w-md">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" help="Prompts may say {character_name}." error={issueFor(failure, "name")}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Project" error={issueFor(failure, "projectId")}>
          <ProjectPicker value={projectId} onValueChange={setProjectId} />
        </Field>
        <FailureNotice failure={failure} shownFields={["name", "projectId"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <ChosenProjectAccess projectId={projectId}>
            <Button needs="CREATOR" type="submit" variant="primary" isPending={isPending}>
              Create character
            </Button>
          </ChosenProjectAccess>
        </DialogActions>
      </form>
    </Dialog>
  );
}
