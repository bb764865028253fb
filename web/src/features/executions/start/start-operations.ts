import { graphql } from "#gql/gql.ts";

export const StartExecution = graphql(`
  mutation StartExecution($input: StartExecutionInput!) {
    startExecution(input: $input) {
      __typename
      ... on StartExecutionPayload {
        execution {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const SetSlotPrompts = graphql(`
  mutation SetSlotPrompts($input: SetSlotPromptsInput!) {
    setSlotPrompts(input: $input) {
      __typename
      ... on SetSlotPromptsPayload {
        slotPrompts {
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const PreflightExecution = graphql(`
  query PreflightExecution($input: PreflightExecutionInput!) {
    preflightExecution(input: $input) {
      isBlocked
      sceneCount
      findings {
        code
        stage
        isBlocking
        message
        remedy
        sceneNumbers
        suggestions
      }
      images {
        ...StageEstimate
      }
      videos {
        ...StageEstimate
      }
    }
  }
`);
