import { graphql } from "#gql/gql.ts";

export const ChooseVariant = graphql(`
  mutation ChooseVariant($input: ChooseExecutionVariantInput!) {
    chooseExecutionVariant(input: $input) {
      __typename
      ... on ChooseExecutionVariantPayload {
        scene {
          id
          chosenVariant
          execution {
            id
            status
            transitions {
              id
              status
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

export const ContinueExecution = graphql(`
  mutation ContinueExecution($input: ContinueExecutionInput!) {
    continueExecution(input: $input) {
      __typename
      ... on ContinueExecutionPayload {
        execution {
          id
          ...ExecutionSteps
        }
      }
      ...FailureFields
    }
  }
`);

export const CancelExecution = graphql(`
  mutation CancelExecution($input: CancelExecutionInput!) {
    cancelExecution(input: $input) {
      __typename
      ... on CancelExecutionPayload {
        execution {
          id
          ...ExecutionSteps
        }
      }
      ...FailureFields
    }
  }
`);

export const RetryExecution = graphql(`
  mutation RetryExecution($input: RetryExecutionInput!) {
    retryExecution(input: $input) {
      __typename
      ... on RetryExecutionPayload {
        execution {
          id
          ...ExecutionSteps
        }
      }
      ...FailureFields
    }
  }
`);
