import { graphql } from "#gql/gql.ts";

export const CreateProjectAsset = graphql(`
  mutation CreateProjectAsset($input: CreateProjectAssetInput!) {
    createProjectAsset(input: $input) {
      __typename
      ... on CreateProjectAssetPayload {
        projectAsset {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateProjectAsset = graphql(`
  mutation UpdateProjectAsset($input: UpdateProjectAssetInput!) {
    updateProjectAsset(input: $input) {
      __typename
      ... on UpdateProjectAssetPayload {
        projectAsset {
          id
          ...ProjectAssetTile
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteProjectAsset = graphql(`
  mutation DeleteProjectAsset($input: DeleteProjectAssetInput!) {
    deleteProjectAsset(input: $input) {
      __typename
      ... on DeleteProjectAssetPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);
