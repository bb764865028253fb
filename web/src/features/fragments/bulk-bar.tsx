"use client";

import { FolderPen, Tags, Trash2, X } from "lucide-react";
import { useState } from "react";
import { CategoryDialog } from "#features/fragments/category-dialog.tsx";
import { DeleteDialog } from "#features/fragments/delete-dialog.tsx";
import type { FragmentValues } from "#features/fragments/fragment-row.tsx";
import { TagsDialog } from "#features/fragments/tags-dialog.tsx";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";

interface Props {
  selected: readonly FragmentValues[];
  onClear: () => void;
}

/** What can be done with the selected fragments at once. */
export function BulkBar({ selected, onClear }: Props) {
  const [dialog, setDialog] = useState<"category" | "tags" | "delete" | null>(null);
  const close = () => setDialog(null);
  return (
    <div
      role="toolbar"
      aria-label="Selected fragments"
      className="sticky bottom-8 z-10 -mx-3 flex flex-wrap items-center gap-2 border-t bg-bg px-3 py-2 max-md:bottom-14 sm:-mx-6 sm:px-6"
    >
      <p
        role="status"
        className="grow text-accent-ink max-sm:basis-full"
      >{`${plural(selected.length, "fragment")} selected`}</p>
      <Button needs="CREATOR" onClick={() => setDialog("category")}>
        <FolderPen aria-hidden />
        Category
      </Button>
      <Button needs="CREATOR" onClick={() => setDialog("tags")}>
        <Tags aria-hidden />
        Tags
      </Button>
      <Button needs="CREATOR" onClick={() => setDialog("delete")}>
        <Trash2 aria-hidden />
        Delete
      </Button>
      <IconButton label="Select none" icon={<X />} onClick={onClear} />
      {dialog === "category" && <CategoryDialog selected={selected} onClose={close} />}
      {dialog === "tags" && <TagsDialog selected={selected} onClose={close} />}
      {dialog === "delete" && <DeleteDialog fragments={selected} onClose={close} />}
    </div>
  );
}
