import { graphql } from "#gql/gql.ts";

export const CreateLibrary = graphql(`
  mutation CreateLibrary($input: CreateLibraryInput!) {
    createLibrary(input: $input) {
      __typename
      ... on CreateLibraryPayload {
        library {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateLibrary = graphql(`
  mutation UpdateLibrary($input: UpdateLibraryInput!) {
    updateLibrary(input: $input) {
      __typename
      ... on UpdateLibraryPayload {
        library {
          id
          name
          delimiter
          maxDepth
          entryCount
          entries
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteLibrary = graphql(`
  mutation DeleteLibrary($input: DeleteLibraryInput!) {
    deleteLibrary(input: $input) {
      __typename
      ... on DeleteLibraryPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

export const SetProjectLibraries = graphql(`
  mutation SetProjectLibraries($input: SetProjectLibrariesInput!) {
    setProjectLibraries(input: $input) {
      __typename
      ... on SetProjectLibrariesPayload {
        project {
          id
          libraries {
            id
          }
        }
      }
      ...FailureFields
    }
  }
`);
