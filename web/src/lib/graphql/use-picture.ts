"use client";

import { graphql } from "#gql/gql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import type { Picture } from "#ui/thumbnail.tsx";

const PictureOfAsset = graphql(`
  query PictureOfAsset($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Asset {
        ...PictureFields
      }
    }
  }
`);

/** The picture of an asset of which only the id is known; `isGone` when there is none any more. */
export function usePicture(assetId: string | null): { picture: Picture | null; isGone: boolean } {
  const [{ data, fetching }] = useQuery({
    query: PictureOfAsset,
    variables: { id: assetId ?? "" },
    pause: !assetId,
    // Addresses of files expire.
    requestPolicy: "network-only",
  });
  const asset = data?.node?.__typename === "Asset" && data.node.id === assetId ? data.node : null;
  return {
    picture: asset ? toPicture(asset) : null,
    isGone: Boolean(assetId) && !fetching && data !== undefined && !asset,
  };
}
