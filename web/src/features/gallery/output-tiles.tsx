"use client";

import { useEffect, useMemo } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { OutputTileFragment } from "#gql/graphql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { type Picture, Thumbnail } from "#ui/thumbnail.tsx";

const OutputTileFields = graphql(`
  fragment OutputTile on Asset {
    id
    run {
      id
      index
      seed
      job {
        id
        name
      }
    }
    ...PictureFields
  }
`);

/** A picture and the run that it came from. */
export type Output = Picture & { run: OutputTileFragment["run"] };

interface Props {
  outputs: readonly FragmentType<typeof OutputTileFields>[];
  offset: number;
  /** Tells which pictures this page shows; null when it goes. */
  onPage: (offset: number, outputs: readonly Output[] | null) => void;
  onOpen: (id: string) => void;
}

/** One page of the grid. */
export function OutputTiles({ outputs, offset, onPage, onOpen }: Props) {
  const pictures = useMemo(
    () =>
      readFragment(OutputTileFields, outputs).map((output) => ({
        ...toPicture(output),
        run: output.run,
      })),
    [outputs],
  );
  useEffect(() => {
    onPage(offset, pictures);
    return () => onPage(offset, null);
  }, [offset, pictures, onPage]);
  return pictures.map((picture) => (
    <button
      key={picture.id}
      type="button"
      onClick={() => onOpen(picture.id)}
      className="block w-full rounded-sm transition-opacity hover:opacity-85"
    >
      <Thumbnail picture={picture} className="aspect-square w-full" />
    </button>
  ));
}
