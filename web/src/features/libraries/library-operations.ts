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
            name
          }
        }
      }
      ...FailureFields
    }
  }
`);

/** A draft of the viewer's as the editor needs it. */
export const KeptDraftFields = graphql(`
  fragment KeptDraft on LibraryDraft {
    id
    base
    entries
    changedKeys
    updatedAt
    expiresAt
  }
`);

export const OpenLibraryDraft = graphql(`
  mutation OpenLibraryDraft($input: OpenLibraryDraftInput!) {
    openLibraryDraft(input: $input) {
      __typename
      ... on LibraryDraftPayload {
        draft {
          ...KeptDraft
        }
      }
      ...FailureFields
    }
  }
`);

export const EditLibraryDraft = graphql(`
  mutation EditLibraryDraft($input: EditLibraryDraftInput!) {
    editLibraryDraft(input: $input) {
      __typename
      ... on LibraryDraftPayload {
        draft {
          ...KeptDraft
        }
      }
      ...FailureFields
    }
  }
`);

export const SaveLibraryDraft = graphql(`
  mutation SaveLibraryDraft($input: SaveLibraryDraftInput!) {
    saveLibraryDraft(input: $input) {
      __typename
      ... on SaveLibraryDraftPayload {
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

export const DiscardLibraryDraft = graphql(`
  mutation DiscardLibraryDraft($input: DiscardLibraryDraftInput!) {
    discardLibraryDraft(input: $input) {
      __typename
      ... on DiscardLibraryDraftPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);
