import { graphql } from "#gql/gql.ts";

export const PeopleQuery = graphql(`
  query People($search: String, $after: String) {
    users(first: 50, search: $search, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        ...Person
      }
    }
  }
`);

export const PersonFields = graphql(`
  fragment Person on User {
    id
    name
    email
    role
    isDisabled
    createdAt
  }
`);

export const SetUserRole = graphql(`
  mutation SetUserRole($input: SetUserRoleInput!) {
    setUserRole(input: $input) {
      __typename
      ... on SetUserRolePayload {
        user {
          ...Person
        }
      }
      ...FailureFields
    }
  }
`);

export const DisableUser = graphql(`
  mutation DisableUser($input: DisableUserInput!) {
    disableUser(input: $input) {
      __typename
      ... on DisableUserPayload {
        user {
          ...Person
        }
      }
      ...FailureFields
    }
  }
`);

export const EnableUser = graphql(`
  mutation EnableUser($input: EnableUserInput!) {
    enableUser(input: $input) {
      __typename
      ... on EnableUserPayload {
        user {
          ...Person
        }
      }
      ...FailureFields
    }
  }
`);

export const CreatePasswordReset = graphql(`
  mutation CreatePasswordReset($input: CreatePasswordResetInput!) {
    createPasswordReset(input: $input) {
      __typename
      ... on CreatePasswordResetPayload {
        url
        expiresAt
      }
      ...FailureFields
    }
  }
`);

export const SignInEventsQuery = graphql(`
  query SignInEvents($failedOnly: Boolean, $after: String) {
    signInEvents(first: 20, failedOnly: $failedOnly, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        at
        method
        isSuccess
        email
        address
        userAgent
        user {
          id
          name
        }
      }
    }
  }
`);
