import { graphql } from "#gql/gql.ts";

/** Whether a language model can be asked, and which version of the workflow is written for. */
export const AutoPromptSetup = graphql(`
  query AutoPromptSetup($workflowId: ID!) {
    llmStatus {
      isReachable
      isSimulated
      hint
    }
    workflow(id: $workflowId) {
      id
      currentVersion {
        id
      }
    }
  }
`);

/** A set of prompts as it is, then after each change. */
export const AutoPromptUpdated = graphql(`
  subscription AutoPromptUpdated($id: ID!) {
    autoPromptUpdated(id: $id) {
      id
      stage
      status
      items {
        key
        status
        caption
        motionPrompt
        clips
        error {
          code
          message
          hint
        }
        asset {
          id
          ...PictureFields
        }
      }
    }
  }
`);

export const StartAutoPrompt = graphql(`
  mutation StartAutoPrompt($input: AutoPromptInput!) {
    autoPrompt(input: $input) {
      __typename
      ... on AutoPromptPayload {
        autoPrompt {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const CancelAutoPrompt = graphql(`
  mutation CancelAutoPrompt($input: CancelAutoPromptInput!) {
    cancelAutoPrompt(input: $input) {
      __typename
      ... on AutoPromptPayload {
        autoPrompt {
          id
          status
        }
      }
      ...FailureFields
    }
  }
`);

export const RetryAutoPrompt = graphql(`
  mutation RetryAutoPrompt($input: RetryAutoPromptInput!) {
    retryAutoPrompt(input: $input) {
      __typename
      ... on AutoPromptPayload {
        autoPrompt {
          id
          status
        }
      }
      ...FailureFields
    }
  }
`);

export const ApplyAutoPrompts = graphql(`
  mutation ApplyAutoPrompts($input: ApplyAutoPromptsInput!) {
    applyAutoPrompts(input: $input) {
      __typename
      ... on ApplyAutoPromptsPayload {
        perFileParams
      }
      ...FailureFields
    }
  }
`);
