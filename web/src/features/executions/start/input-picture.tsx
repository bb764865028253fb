"use client";

import { graphql } from "#gql/gql.ts";
import { PictureField } from "#lib/graphql/pictures/picture-field.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";

const InputPictureQuery = graphql(`
  query InputPicture($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Asset {
        ...PictureFields
      }
    }
  }
`);

interface Props {
  /** Empty: none yet. */
  assetId: string;
  projectId: string;
  onChange: (assetId: string | null) => void;
}

/** The picture that an execution starts from: a file, or one that was made in the project. */
export function InputPicture({ assetId, projectId, onChange }: Props) {
  const [{ data }] = useQuery({
    query: InputPictureQuery,
    variables: { id: assetId },
    pause: assetId === "",
    // Addresses of files expire.
    requestPolicy: "network-only",
  });
  const asset = data?.node?.__typename === "Asset" && data.node.id === assetId ? data.node : null;
  return (
    <PictureField
      label="Input picture"
      image={asset}
      aspect="aspect-video"
      projectId={projectId}
      onChange={async (imageId) => {
        onChange(imageId);
        return { failure: null };
      }}
    />
  );
}
