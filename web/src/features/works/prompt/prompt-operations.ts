import { graphql } from "#gql/gql.ts";

export const SeedWorkPrompt = graphql(`
  mutation SeedWorkPrompt($input: SeedDefaultPromptsInput!) {
    seedDefaultPrompts(input: $input) {
      __typename
      ... on SeedDefaultPromptsPayload {
        seeded
        work {
          id
          prompt {
            id
          }
        }
      }
      ...FailureFields
    }
  }
`);

export const RenameWorkPrompt = graphql(`
  mutation RenameWorkPrompt($input: RenameWorkPromptInput!) {
    renameWorkPrompt(input: $input) {
      __typename
      ... on RenameWorkPromptPayload {
        workPrompt {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const AppendPromptVersion = graphql(`
  mutation AppendPromptVersion($input: AppendPromptVersionInput!) {
    appendPromptVersion(input: $input) {
      __typename
      ... on PromptVersionPayload {
        promptVersion {
          id
          number
        }
        warnings {
          message
        }
      }
      ...FailureFields
    }
  }
`);

export const RevertPromptVersion = graphql(`
  mutation RevertPromptVersion($input: RevertPromptVersionInput!) {
    revertPromptVersion(input: $input) {
      __typename
      ... on PromptVersionPayload {
        promptVersion {
          id
          number
        }
      }
      ...FailureFields
    }
  }
`);
