"use client";

import { Hourglass, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { assetKinds } from "#features/stories/asset-types.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Thumbnail } from "#ui/thumbnail.tsx";

const CandidateRowFields = graphql(`
  fragment CandidateRow on ProjectAsset {
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
  asset: FragmentType<typeof CandidateRowFields>;
  /** What can be done with it. */
  children: (name: string) => ReactNode;
}

/** A project asset that a scene may be given. */
export function CandidateRow({ asset, children }: Props) {
  const { type, name, description, isLocked, isDeferred, image } = readFragment(CandidateRowFields, asset);
  const { icon: Icon, one } = assetKinds[type];
  return (
    <li className="flex items-center gap-3 py-2">
      {image ? (
        <Thumbnail picture={{ ...toPicture(image), name: "" }} className="size-14 shrink-0" />
      ) : (
        <span className="grid size-14 shrink-0 place-items-center rounded-sm bg-sunken text-ink-3">
          <Icon aria-hidden className="size-5" strokeWidth={1.5} />
        </span>
      )}
      <div className="min-w-0 grow">
        <p className="flex items-center gap-1.5 font-medium">
          <span className="truncate">{name}</span>
          {isLocked && <Lock role="img" aria-label="Locked" className="size-3.5 shrink-0 text-good" />}
          {isDeferred && <Hourglass role="img" aria-label="Deferred" className="size-3.5 shrink-0 text-ink-3" />}
        </p>
        <p className="truncate text-ink-2">
          <span className="text-ink-3">{one}</span> {description}
        </p>
      </div>
      {children(name)}
    </li>
  );
}
