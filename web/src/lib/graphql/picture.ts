import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { sameOrigin } from "#lib/assets.ts";
import type { Picture } from "#ui/thumbnail.tsx";

/** What it takes to show an asset. */
export const PictureFields = graphql(`
  fragment PictureFields on Asset {
    id
    filename
    mime
    url
    thumbnailUrl
    width
    height
    fps
  }
`);

export function toPicture(source: FragmentType<typeof PictureFields>): Picture {
  const asset = readFragment(PictureFields, source);
  return {
    id: asset.id,
    name: asset.filename,
    mime: asset.mime,
    url: sameOrigin(asset.url),
    thumbnailUrl: asset.thumbnailUrl ? sameOrigin(asset.thumbnailUrl) : null,
    width: asset.width ?? null,
    height: asset.height ?? null,
    fps: asset.fps ?? null,
  };
}
