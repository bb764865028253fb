"use client";

import { useEffect, useMemo } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { OutputTileFragment } from "#gql/graphql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import type { Picture } from "#ui/thumbnail.tsx";

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
    take {
      id
      status
      rating
    }
    ...PictureFields
  }
`);

/** A picture, the run that it came from, and the take that it belongs to. */
export type Output = Picture & Pick<OutputTileFragment, "run" | "take">;

export function readOutput(source: FragmentType<typeof OutputTileFields>): Output {
  const { run, take, ...output } = readFragment(OutputTileFields, source);
  return { ...toPicture(output), run, take };
}

interface Props {
  outputs: readonly FragmentType<typeof OutputTileFields>[];
  offset: number;
  /** Tells which pictures this page shows; null when it goes. */
  onPage: (offset: number, outputs: readonly Output[] | null) => void;
  /** How many outputs there are on all pages, also those to come. */
  total: number;
  onTotal: (total: number) => void;
}

/** One page of the outputs. It shows nothing itself: the grid renders only what is near the window. */
export function OutputPage({ outputs, offset, onPage, total, onTotal }: Props) {
  const pictures = useMemo(() => outputs.map(readOutput), [outputs]);
  useEffect(() => {
    onPage(offset, pictures);
    return () => onPage(offset, null);
  }, [offset, pictures, onPage]);
  useEffect(() => onTotal(total), [total, onTotal]);
  return null;
}
