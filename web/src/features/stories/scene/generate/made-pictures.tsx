"use client";

import { use } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { cn } from "#lib/cn.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { ReadOnlyContext } from "#ui/access.ts";
import { Thumbnail } from "#ui/thumbnail.tsx";

const MadePicturesFields = graphql(`
  fragment MadePictures on SceneAsset {
    id
    pictures(first: 12) {
      nodes {
        id
        isCurrent
        image {
          id
          ...PictureFields
        }
      }
    }
  }
`);

interface Props {
  state: FragmentType<typeof MadePicturesFields>;
  onTake: (imageId: string) => void;
}

/** Pictures that were made for a state, to take another one of them. */
export function MadePictures({ state, onTake }: Props) {
  const { pictures } = readFragment(MadePicturesFields, state);
  const made = pictures.nodes.flatMap(({ image, isCurrent }) => (image ? [{ image, isCurrent }] : []));
  const isReadOnly = use(ReadOnlyContext);
  if (made.every(({ isCurrent }) => isCurrent)) return null;
  return (
    <ul aria-label="Pictures made for it" className="flex flex-wrap justify-center gap-1.5">
      {made.map(({ image, isCurrent }) => {
        const picture = toPicture(image);
        return (
          <li key={picture.id}>
            <button
              type="button"
              aria-pressed={isCurrent}
              disabled={isReadOnly}
              aria-label={isCurrent ? "The picture now" : "Take this picture"}
              onClick={() => !isCurrent && onTake(picture.id)}
              className={cn("block rounded-sm", isCurrent && "outline-2 outline-accent")}
            >
              <Thumbnail picture={{ ...picture, name: "" }} className="size-16" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
