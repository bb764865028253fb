"use client";

import { type FormEvent, useState } from "react";
import { CreateProjectAsset } from "#features/stories/assets/project-asset-operations.ts";
import { assetTypeOptions } from "#features/stories/asset-types.ts";
import type { ProjectAssetType } from "#gql/graphql.ts";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { Textarea } from "#ui/textarea.tsx";

interface Props {
  branchId: string;
  initialType: ProjectAssetType;
  onClose: () => void;
  onCreated?: (id: string) => Promise<void>;
}

const shownFields = ["name", "type", "description"];

/** A new character, place or prop of a branch. */
export function ProjectAssetDialog({ branchId, initialType, onClose, onCreated }: Props) {
  const [type, setType] = useState<ProjectAssetType>(initialType);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [isLocked, setIsLocked] = useState(false);
  const { run, isPending, failure } = useAction(CreateProjectAsset);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await run({ input: { branchId, type, name: name.trim(), description, isLocked } });
    if (!payload) return;
    await onCreated?.(payload.projectAsset.id);
    onClose();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title="New project asset">
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <div className="flex gap-3">
          <Field label="Name" className="grow" error={issueFor(failure, "name")}>
            <Input required autoFocus maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label="Type" className="w-36" error={issueFor(failure, "type")}>
            <Select
              value={type}
              onValueChange={(next) => setType(next as ProjectAssetType)}
              options={assetTypeOptions}
            />
          </Field>
        </div>
        <Field
          label="Description"
          help="How it looks when nothing has happened to it."
          error={issueFor(failure, "description")}
        >
          <Textarea value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <Checkbox
          label="Locked"
          help="Approved for use: the first scene is given it."
          checked={isLocked}
          onCheckedChange={setIsLocked}
        />
        <FailureNotice failure={failure} shownFields={shownFields} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            Create asset
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
