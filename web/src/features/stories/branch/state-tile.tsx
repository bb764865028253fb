"use client";

import { assetKinds } from "#features/stories/asset-types.ts";
import { ReviewBadge } from "#features/stories/review-badges.tsx";
import { StatusTags } from "#features/stories/status-tags.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Link } from "#ui/link.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const StateTileFields = graphql(`
  fragment StateTile on SceneAsset {
    id
    statusTags
    reviewStatus
    effectiveDescription
    image {
      id
      ...PictureFields
    }
    scene {
      id
      number
      title
    }
    projectAsset {
      id
      type
      name
    }
  }
`);

/** A state where it was found: leads to it in its scene. */
export function StateTile(props: { state: FragmentType<typeof StateTileFields> }) {
  const state = readFragment(StateTileFields, props.state);
  const { id, image, scene, projectAsset } = state;
  const { icon: Icon, aspect, tile } = assetKinds[projectAsset.type];
  const frame = cn(aspect, "w-full");
  return (
    <li className={tile}>
      <Link
        href={`/stories/scenes/${encodeURIComponent(scene.id)}?asset=${encodeURIComponent(id)}`}
        className="group block"
      >
        {image ? (
          <Thumbnail
            picture={{ ...toPicture(image), name: "" }}
            className={cn(frame, "transition-opacity group-hover:opacity-85")}
          />
        ) : (
          <span className={cn(frame, "grid place-items-center rounded-sm bg-sunken text-ink-3")}>
            <Icon aria-hidden className="size-7" strokeWidth={1.25} />
          </span>
        )}
        <span className="mt-1.5 block truncate font-medium group-hover:text-accent-ink">{projectAsset.name}</span>
        <span className="block truncate text-ink-2">{`${scene.number} ${scene.title}`}</span>
      </Link>
      <p className="mt-1 flex flex-wrap gap-1">
        <ReviewBadge status={state.reviewStatus} />
      </p>
      <StatusTags tags={state.statusTags} />
      <p className="mt-1 line-clamp-2 text-ink-3">{state.effectiveDescription}</p>
    </li>
  );
}
