import { graphql } from "#gql/gql.ts";

export const RetentionQuery = graphql(`
  query Retention {
    retention {
      schedule
      rules {
        kind
        ...RetentionRule
      }
    }
  }
`);

export const RetentionRuleFields = graphql(`
  fragment RetentionRule on RetentionRule {
    kind
    keepDays
    configuredDays
    changedAt
  }
`);

export const SetRetentionRule = graphql(`
  mutation SetRetentionRule($input: SetRetentionRuleInput!) {
    setRetentionRule(input: $input) {
      __typename
      ... on SetRetentionRulePayload {
        rule {
          ...RetentionRule
        }
      }
      ...FailureFields
    }
  }
`);

export const ResetRetentionRule = graphql(`
  mutation ResetRetentionRule($input: ResetRetentionRuleInput!) {
    resetRetentionRule(input: $input) {
      __typename
      ... on ResetRetentionRulePayload {
        rule {
          ...RetentionRule
        }
      }
      ...FailureFields
    }
  }
`);

export const CleanUp = graphql(`
  mutation CleanUp($input: CleanupInput!) {
    cleanup(input: $input) {
      __typename
      ... on CleanupPayload {
        plan {
          files
          bytes
          largest {
            name
            kind
            bytes
            reason
          }
        }
        cleanup {
          id
          files
          bytes
          failures
        }
      }
      ...FailureFields
    }
  }
`);

export const CleanupsQuery = graphql(`
  query Cleanups {
    cleanups(first: 10) {
      totalCount
      nodes {
        id
        startedAt
        finishedAt
        isScheduled
        files
        bytes
        failures
      }
    }
  }
`);

export const CleanupLogQuery = graphql(`
  query CleanupLog($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      id
      ... on Cleanup {
        items(first: 50, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            name
            kind
            bytes
            reason
            error
          }
        }
      }
    }
  }
`);
