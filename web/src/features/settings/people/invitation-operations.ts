import { graphql } from "#gql/gql.ts";

export const InvitationsQuery = graphql(`
  query Invitations($after: String) {
    invitations(first: 20, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...InvitationRow
      }
    }
  }
`);

export const InvitationFields = graphql(`
  fragment InvitationRow on Invitation {
    id
    email
    name
    role
    status
    createdAt
    expiresAt
    projects {
      role
      project {
        id
        name
      }
    }
  }
`);

export const CreateInvitation = graphql(`
  mutation CreateInvitation($input: CreateInvitationInput!) {
    createInvitation(input: $input) {
      __typename
      ... on CreateInvitationPayload {
        url
        invitation {
          ...InvitationRow
        }
      }
      ...FailureFields
    }
  }
`);

export const RevokeInvitation = graphql(`
  mutation RevokeInvitation($input: RevokeInvitationInput!) {
    revokeInvitation(input: $input) {
      __typename
      ... on RevokeInvitationPayload {
        invitation {
          ...InvitationRow
        }
      }
      ...FailureFields
    }
  }
`);
