import { graphql } from "#gql/gql.ts";

export const CreateWork = graphql(`
  mutation CreateWork($input: CreateWorkInput!) {
    createWork(input: $input) {
      __typename
      ... on CreateWorkPayload {
        work {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateWork = graphql(`
  mutation UpdateWork($input: UpdateWorkInput!) {
    updateWork(input: $input) {
      __typename
      ... on UpdateWorkPayload {
        work {
          id
          title
          ...WorkFields
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteWork = graphql(`
  mutation DeleteWork($input: DeleteWorkInput!) {
    deleteWork(input: $input) {
      __typename
      ... on DeleteWorkPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);
