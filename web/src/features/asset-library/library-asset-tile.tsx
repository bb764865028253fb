"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "#ui/toast.tsx";
import { assetTypes } from "#features/asset-library/asset-types.ts";
import { LibraryAssetDialog } from "#features/asset-library/library-asset-dialog.tsx";
import { DeleteLibraryAsset, LibraryAssetFields } from "#features/asset-library/library-asset-operations.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { plural } from "#lib/format.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { toPicture } from "#lib/graphql/picture.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Lightbox } from "#ui/lightbox.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

/** One asset of the library: large picture first, then what it is and how often it is used. */
export function LibraryAssetTile(props: { asset: FragmentType<typeof LibraryAssetFields> }) {
  const asset = readFragment(LibraryAssetFields, props.asset);
  const { id, name, type, description, projectCount } = asset;
  const [dialog, setDialog] = useState<"edit" | "delete" | "picture" | null>(null);
  const { run, isPending, failure, reset } = useAction(DeleteLibraryAsset);
  const close = () => {
    setDialog(null);
    reset();
  };
  const remove = async () => {
    if (!(await run({ input: { id } }))) return;
    toast.success(`${name} is out of the library`);
    close();
  };
  const picture = asset.image ? toPicture(asset.image) : null;
  const { one, icon: Icon } = assetTypes[type];
  return (
    <li aria-label={name} className="flex min-w-0 flex-col gap-2">
      {picture ? (
        <button
          type="button"
          aria-label={`${name}, large view`}
          onClick={() => setDialog("picture")}
          className="block rounded-sm transition-opacity hover:opacity-90"
        >
          <Thumbnail
            picture={{ ...picture, name }}
            className="aspect-square w-full [&_img]:absolute [&_img]:inset-0 [&_img]:object-contain"
          />
        </button>
      ) : (
        <span className="grid aspect-square place-items-center rounded-sm bg-sunken">
          <Icon aria-hidden className="size-8 text-ink-3" strokeWidth={1.25} />
        </span>
      )}
      <div className="flex items-start gap-1">
        <div className="min-w-0 grow">
          <h2 className="text-lg font-medium break-words">{name}</h2>
          <p className="flex flex-wrap items-center gap-x-3 text-sm text-ink-3">
            <span className="flex items-center gap-1">
              <Icon aria-hidden className="size-3.5" />
              {one}
            </span>
            <span>{projectCount === 0 ? "in no project yet" : `in ${plural(projectCount, "project")}`}</span>
          </p>
        </div>
        <IconButton needs="CREATOR" label={`Edit ${name}`} icon={<Pencil />} onClick={() => setDialog("edit")} />
        <IconButton needs="CREATOR" label={`Delete ${name}`} icon={<Trash2 />} onClick={() => setDialog("delete")} />
      </div>
      {description && <p className="line-clamp-3 break-words text-ink-2">{description}</p>}
      {picture && (
        <Lightbox
          pictures={[picture]}
          index={dialog === "picture" ? 0 : null}
          onIndexChange={(index) => index === null && close()}
        />
      )}
      {dialog === "edit" && <LibraryAssetDialog asset={asset} onClose={close} />}
      {dialog === "delete" && (
        <ConfirmDialog
          isOpen
          onOpenChange={(isOpen) => !isOpen && close()}
          title={`Delete ${name}?`}
          confirmLabel="Delete from the library"
          isDangerous
          isPending={isPending}
          onConfirm={() => void remove()}
        >
          <p>
            {projectCount === 0
              ? "No project has it. Its description and the library’s use of its picture are gone for good."
              : `${plural(projectCount, "project keeps what it was", "projects keep what they were")} given of it, text and picture; nothing there changes, but the link to the library is gone for good.`}
          </p>
          <FailureNotice failure={failure} />
        </ConfirmDialog>
      )}
    </li>
  );
}
