import { graphql } from "#gql/gql.ts";

export const MembersQuery = graphql(`
  query Members($projectId: ID!) {
    node(id: $projectId) {
      __typename
      id
      ... on Project {
        viewerRole
        members {
          role
          user {
            id
            name
            email
            isDisabled
          }
        }
      }
    }
  }
`);

export const AddMember = graphql(`
  mutation AddMember($input: AddProjectMemberInput!) {
    addProjectMember(input: $input) {
      __typename
      ... on AddProjectMemberPayload {
        member {
          role
        }
      }
      ...FailureFields
    }
  }
`);

export const SetMemberRole = graphql(`
  mutation SetMemberRole($input: SetProjectMemberRoleInput!) {
    setProjectMemberRole(input: $input) {
      __typename
      ... on SetProjectMemberRolePayload {
        member {
          role
        }
      }
      ...FailureFields
    }
  }
`);

export const RemoveMember = graphql(`
  mutation RemoveMember($input: RemoveProjectMemberInput!) {
    removeProjectMember(input: $input) {
      __typename
      ... on RemoveProjectMemberPayload {
        removedUserId
      }
      ...FailureFields
    }
  }
`);
