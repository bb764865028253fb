"use client";

import { useDraggable } from "@dnd-kit/core";
import { Plus } from "lucide-react";
import { assetKinds } from "#features/stories/asset-types.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { useRefused } from "#ui/access.ts";
import { Button } from "#ui/button.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const LibraryTileFields = graphql(`
  fragment LibraryTile on LibraryAsset {
    id
    type
    name
    description
    image {
      id
      ...PictureFields
    }
  }
`);

interface Props {
  asset: FragmentType<typeof LibraryTileFields>;
  isDraggable: boolean;
  onAdd: (asset: { id: string; name: string }) => void;
}

/** An asset of the library: is dragged onto the scene, or added with its button. */
export function LibraryTile({ asset, onAdd, ...props }: Props) {
  const { id, type, name, description, image } = readFragment(LibraryTileFields, asset);
  const isDraggable = useRefused("CREATOR") === null && props.isDraggable;
  const { setNodeRef, listeners, isDragging } = useDraggable({ id, data: { name }, disabled: !isDraggable });
  const Icon = assetKinds[type].icon;
  return (
    <li className={cn("min-w-0", isDragging && "opacity-50")}>
      <div
        ref={setNodeRef}
        {...listeners}
        title={description}
        className={cn(isDraggable && "cursor-grab touch-pan-y active:cursor-grabbing")}
      >
        {image ? (
          <Thumbnail
            picture={{ ...toPicture(image), name: "" }}
            className="pointer-events-none aspect-[3/4] w-full [&_img]:absolute [&_img]:inset-0 [&_img]:object-contain"
          />
        ) : (
          <span className="grid aspect-[3/4] w-full place-items-center rounded-sm bg-sunken text-ink-3">
            <Icon aria-hidden className="size-6" strokeWidth={1.25} />
          </span>
        )}
        <span className="mt-1 block truncate font-medium">{name}</span>
      </div>
      <Button
        needs="CREATOR"
        size="sm"
        className="mt-1 w-full"
        aria-label={`Add ${name}`}
        onClick={() => onAdd({ id, name })}
      >
        <Plus aria-hidden />
        Add
      </Button>
    </li>
  );
}
