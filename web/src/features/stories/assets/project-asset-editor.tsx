"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { DeleteProjectAsset, UpdateProjectAsset } from "#features/stories/assets/project-asset-operations.ts";
import { assetKinds, assetTypeOptions } from "#features/stories/asset-types.ts";
import { PictureField } from "#lib/graphql/pictures/picture-field.tsx";
import { SavedText } from "#lib/graphql/saved-text.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { ProjectAssetType, UpdateProjectAssetInput } from "#gql/graphql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { Field } from "#ui/field.tsx";
import { Select } from "#ui/select.tsx";

const ProjectAssetEditorFields = graphql(`
  fragment ProjectAssetEditor on ProjectAsset {
    id
    type
    name
    description
    isLocked
    isDeferred
    image {
      id
      ...PictureFields
    }
    libraryAsset {
      id
      name
    }
  }
`);

interface Props {
  asset: FragmentType<typeof ProjectAssetEditorFields>;
  projectId: string;
  onDeleted: () => void;
}

/** What an asset looks like when nothing has happened to it; each field is saved as it is left. */
export function ProjectAssetEditor({ asset: source, projectId, onDeleted }: Props) {
  const asset = readFragment(ProjectAssetEditorFields, source);
  const { id, type, name, isLocked, isDeferred, libraryAsset } = asset;
  const update = useAction(UpdateProjectAsset);
  const remove = useAction(DeleteProjectAsset);
  const [isDeleting, setIsDeleting] = useState(false);
  const save = (part: Omit<UpdateProjectAssetInput, "id">) => update.attempt({ input: { id, ...part } });
  const confirm = async () => {
    if (await remove.run({ input: { id } })) onDeleted();
  };
  return (
    <div className="flex flex-col gap-4">
      <PictureField
        label={`Reference image of ${name}`}
        image={asset.image ?? null}
        aspect={assetKinds[type].aspect}
        projectId={projectId}
        onChange={(imageId) => save({ imageId })}
      />
      <div className="flex gap-3">
        <SavedText label="Name" isSingleLine className="grow" value={name} onSave={(next) => save({ name: next })} />
        <Field label="Type" className="w-36">
          <Select
            value={type}
            onValueChange={(next) => void save({ type: next as ProjectAssetType })}
            options={assetTypeOptions}
          />
        </Field>
      </div>
      <SavedText
        label="Description"
        help="Scenes that have a text of their own keep it."
        value={asset.description}
        onSave={(description) => save({ description })}
      />
      <Checkbox
        label="Locked"
        help="Approved for use: the first scene is given it."
        checked={isLocked}
        onCheckedChange={(next) => void save({ isLocked: next })}
      />
      <Checkbox
        label="Deferred"
        help="To be designed later: scenes are given it by hand only."
        checked={isDeferred}
        onCheckedChange={(next) => void save({ isDeferred: next })}
      />
      {libraryAsset && <p className="text-ink-2">{`From the studio's library: ${libraryAsset.name}`}</p>}
      <FailureNotice failure={update.failure} shownFields={["name", "description", "imageId"]} />
      <div className="border-t pt-3">
        <Button needs="CREATOR" variant="quiet" onClick={() => setIsDeleting(true)}>
          <Trash2 aria-hidden />
          Delete asset
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isDeleting}
        onOpenChange={(isOpen) => {
          setIsDeleting(isOpen);
          remove.reset();
        }}
        title={`Delete “${name}”?`}
        confirmLabel="Delete asset"
        isDangerous
        isPending={remove.isPending}
        onConfirm={() => void confirm()}
      >
        <p>It goes from this branch, if no scene has it. Pictures stay, and so do copies in other branches.</p>
        <FailureNotice failure={remove.failure} />
      </ConfirmDialog>
    </div>
  );
}
