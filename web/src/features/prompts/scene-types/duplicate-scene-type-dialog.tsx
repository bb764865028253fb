"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { graphql } from "#gql/gql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";

const DuplicateSceneType = graphql(`
  mutation DuplicateSceneType($input: DuplicateSceneTypeInput!) {
    duplicateSceneType(input: $input) {
      __typename
      ... on DuplicateSceneTypePayload {
        sceneType {
          id
        }
      }
      ...FailureFields
    }
  }
`);

interface Props {
  sceneType: { id: string; name: string };
  onClose: () => void;
}

/** A copy with the saved texts. */
export function DuplicateSceneTypeDialog({ sceneType, onClose }: Props) {
  const router = useRouter();
  const [name, setName] = useState(`${sceneType.name} (copy)`);
  const [withOverrides, setWithOverrides] = useState(false);
  const { run, isPending, failure } = useAction(DuplicateSceneType);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!mayLeave()) return;
    const payload = await run({ input: { id: sceneType.id, name: name.trim(), withOverrides } });
    if (payload) router.push(`/scene-types/${encodeURIComponent(payload.sceneType.id)}`);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Duplicate “${sceneType.name}”`}
      description="The copy has the workflow version and the saved texts of this one."
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name of the copy" error={issueFor(failure, "name")}>
          <Input required autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Checkbox
          label="Copy the overrides too"
          help="What projects, groups and characters change in it."
          checked={withOverrides}
          onCheckedChange={setWithOverrides}
        />
        <FailureNotice failure={failure} shownFields={["name"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Duplicate
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
