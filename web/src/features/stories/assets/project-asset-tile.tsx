"use client";

import { Hourglass, Lock } from "lucide-react";
import { assetKinds } from "#features/stories/asset-types.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Badge } from "#ui/badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const ProjectAssetTileFields = graphql(`
  fragment ProjectAssetTile on ProjectAsset {
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
  }
`);

interface Props {
  asset: FragmentType<typeof ProjectAssetTileFields>;
  onOpen: (id: string) => void;
}

/** A project asset in the grid; a press opens it. */
export function ProjectAssetTile({ asset, onOpen }: Props) {
  const { id, type, name, description, isLocked, isDeferred, image } = readFragment(ProjectAssetTileFields, asset);
  const { icon: Icon, one, aspect, tile } = assetKinds[type];
  const frame = cn(aspect, "w-full");
  return (
    <li className={tile}>
      <button type="button" onClick={() => onOpen(id)} className="group block w-full text-left">
        {image ? (
          <Thumbnail
            picture={{ ...toPicture(image), name: "" }}
            className={cn(frame, "transition-opacity group-hover:opacity-85")}
          />
        ) : (
          <span className={cn(frame, "grid place-items-center rounded-sm bg-sunken text-ink-3")}>
            <Icon aria-hidden className="size-8" strokeWidth={1.25} />
          </span>
        )}
        <span className="mt-1.5 block truncate text-lg font-medium group-hover:text-accent-ink">{name}</span>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
          {one}
          {isLocked && (
            <Badge tone="good">
              <Lock aria-hidden />
              Locked
            </Badge>
          )}
          {isDeferred && (
            <Badge>
              <Hourglass aria-hidden />
              Deferred
            </Badge>
          )}
        </span>
        <span className="line-clamp-2 text-ink-3">{description || "Not described yet"}</span>
      </button>
    </li>
  );
}
