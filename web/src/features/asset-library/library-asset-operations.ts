import { graphql } from "#gql/gql.ts";

export const LibraryAssetFields = graphql(`
  fragment LibraryAssetTile on LibraryAsset {
    id
    type
    name
    description
    projectCount
    image {
      id
      ...PictureFields
    }
  }
`);

export const CreateLibraryAsset = graphql(`
  mutation CreateLibraryAsset($input: CreateLibraryAssetInput!) {
    createLibraryAsset(input: $input) {
      __typename
      ... on CreateLibraryAssetPayload {
        libraryAsset {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateLibraryAsset = graphql(`
  mutation UpdateLibraryAsset($input: UpdateLibraryAssetInput!) {
    updateLibraryAsset(input: $input) {
      __typename
      ... on UpdateLibraryAssetPayload {
        libraryAsset {
          id
          ...LibraryAssetTile
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteLibraryAsset = graphql(`
  mutation DeleteLibraryAsset($input: DeleteLibraryAssetInput!) {
    deleteLibraryAsset(input: $input) {
      __typename
      ... on DeleteLibraryAssetPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);
