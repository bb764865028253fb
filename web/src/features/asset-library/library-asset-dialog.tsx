"use client";

import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { assetTypeNames, assetTypes } from "#features/asset-library/asset-types.ts";
import {
  CreateLibraryAsset,
  type LibraryAssetFields,
  UpdateLibraryAsset,
} from "#features/asset-library/library-asset-operations.ts";
import type { ResultOf } from "@graphql-typed-document-node/core";
import type { ProjectAssetType } from "#gql/graphql.ts";
import { plural } from "#lib/format.ts";
import { AssetInput } from "#lib/graphql/asset-input.tsx";
import { issueFor } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { toPicture } from "#lib/graphql/picture.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";
import { Dialog, DialogActions } from "#ui/dialog.tsx";
import { Field } from "#ui/field.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Input } from "#ui/input.tsx";
import { Select } from "#ui/select.tsx";
import { Textarea } from "#ui/textarea.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

interface Props {
  /** Left out: a new one. */
  asset?: ResultOf<typeof LibraryAssetFields>;
  onClose: () => void;
}

export function LibraryAssetDialog({ asset, onClose }: Props) {
  const [type, setType] = useState<ProjectAssetType>(asset?.type ?? "CHARACTER");
  const [name, setName] = useState(asset?.name ?? "");
  const [description, setDescription] = useState(asset?.description ?? "");
  /** Undefined: the picture stays as it is. */
  const [imageId, setImageId] = useState<string | null | undefined>(undefined);
  const create = useAction(CreateLibraryAsset);
  const update = useAction(UpdateLibraryAsset);
  const { isPending, failure } = asset ? update : create;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const fields = { type, name: name.trim(), description, ...(imageId === undefined ? {} : { imageId }) };
    const payload = asset
      ? await update.run({ input: { id: asset.id, ...fields } })
      : await create.run({ input: fields });
    if (payload) onClose();
  };
  const kept = imageId === undefined && asset?.image ? toPicture(asset.image) : null;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={asset ? `Edit ${asset.name}` : "New library asset"}
      {...(asset &&
        asset.projectCount > 0 && {
          description: `${plural(asset.projectCount, "project")} made something of it: what they have stays as it is.`,
        })}
      className="max-w-md"
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <div className="grid grid-cols-[2fr_1fr] gap-3">
          <Field label="Name" error={issueFor(failure, "name")}>
            <Input required autoFocus maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label="Type" error={issueFor(failure, "type")}>
            <Select
              value={type}
              onValueChange={(next) => setType(next as ProjectAssetType)}
              options={assetTypeNames.map((value) => ({ value, label: assetTypes[value].one }))}
            />
          </Field>
        </div>
        <Field label="Description" help="How it looks" error={issueFor(failure, "description")}>
          <Textarea maxLength={10_000} value={description} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <Field label="Picture" help="Everybody in the studio will see it" error={issueFor(failure, "imageId")}>
          {kept ? (
            <div className="flex items-center gap-2">
              <Thumbnail picture={kept} className="size-16" />
              <span className="min-w-0 grow truncate">{kept.name}</span>
              <IconButton label={`Remove ${kept.name}`} icon={<X />} onClick={() => setImageId(null)} />
            </div>
          ) : (
            <AssetInput kind="image" {...(imageId && { assetId: imageId })} onAssetChange={setImageId} />
          )}
        </Field>
        <FailureNotice failure={failure} shownFields={["name", "type", "description", "imageId"]} />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            {asset ? "Save" : "Put into the library"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
