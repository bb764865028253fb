"use client";

import { assetKinds } from "#features/stories/asset-types.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { formatPercent } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Thumbnail } from "#ui/thumbnail.tsx";

const MatchOptionFields = graphql(`
  fragment MatchOption on ProjectAsset {
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
  asset: FragmentType<typeof MatchOptionFields>;
  /** How alike they are, from 0 to 1. */
  score: number;
  isChosen: boolean;
  onChoose: () => void;
}

/** A project asset that an asset of the library may be already. */
export function MatchOption({ asset, score, isChosen, onChoose }: Props) {
  const { type, name, description, image } = readFragment(MatchOptionFields, asset);
  return (
    <label className="flex cursor-pointer items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover">
      <input
        type="radio"
        name="match"
        className="size-4 shrink-0 accent-accent"
        checked={isChosen}
        onChange={onChoose}
      />
      {image && <Thumbnail picture={{ ...toPicture(image), name: "" }} className="size-12 shrink-0" />}
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-ink-2">
          <span className="text-ink-3">{assetKinds[type].one}</span> {description}
        </span>
      </span>
      <span className="shrink-0 text-ink-2">{`${formatPercent(score)} alike`}</span>
    </label>
  );
}
