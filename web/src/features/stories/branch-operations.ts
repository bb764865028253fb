import { graphql } from "#gql/gql.ts";

export const CreateBranch = graphql(`
  mutation CreateBranch($input: CreateBranchInput!) {
    createBranch(input: $input) {
      __typename
      ... on CreateBranchPayload {
        branch {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const ForkBranch = graphql(`
  mutation ForkBranch($input: ForkBranchInput!) {
    forkBranch(input: $input) {
      __typename
      ... on ForkBranchPayload {
        branch {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const RenameBranch = graphql(`
  mutation RenameBranch($input: RenameBranchInput!) {
    renameBranch(input: $input) {
      __typename
      ... on RenameBranchPayload {
        branch {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const ActivateBranch = graphql(`
  mutation ActivateBranch($input: ActivateBranchInput!) {
    activateBranch(input: $input) {
      __typename
      ... on ActivateBranchPayload {
        branch {
          id
          isActive
          project {
            id
            activeBranch {
              id
            }
            branches {
              id
              isActive
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteBranch = graphql(`
  mutation DeleteBranch($input: DeleteBranchInput!) {
    deleteBranch(input: $input) {
      __typename
      ... on DeleteBranchPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);
