import { graphql } from "#gql/gql.ts";

export const CreateLibraryFragment = graphql(`
  mutation CreateLibraryFragment($input: CreateFragmentInput!) {
    createFragment(input: $input) {
      __typename
      ... on CreateFragmentPayload {
        fragment {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateLibraryFragment = graphql(`
  mutation UpdateLibraryFragment($input: UpdateFragmentInput!) {
    updateFragment(input: $input) {
      __typename
      ... on UpdateFragmentPayload {
        fragment {
          id
          ...FragmentRow
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateFragments = graphql(`
  mutation UpdateFragments($input: UpdateFragmentsInput!) {
    updateFragments(input: $input) {
      __typename
      ... on UpdateFragmentsPayload {
        fragments {
          id
          ...FragmentRow
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteFragments = graphql(`
  mutation DeleteFragments($input: DeleteFragmentsInput!) {
    deleteFragments(input: $input) {
      __typename
      ... on DeleteFragmentsPayload {
        deletedIds
      }
      ...FailureFields
    }
  }
`);
