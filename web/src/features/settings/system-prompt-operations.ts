import type { ResultOf } from "@graphql-typed-document-node/core";
import { graphql } from "#gql/gql.ts";

/** The studio's system prompts, and whether the viewer may change them. */
export const SystemPromptsQuery = graphql(`
  query SystemPrompts {
    viewer {
      role
    }
    systemPrompts {
      purpose
      text
      isEdited
    }
  }
`);

export type SystemPrompt = ResultOf<typeof SystemPromptsQuery>["systemPrompts"][number];

export const SetSystemPrompt = graphql(`
  mutation SetSystemPrompt($input: SetSystemPromptInput!) {
    setSystemPrompt(input: $input) {
      __typename
      ... on SetSystemPromptPayload {
        systemPrompt {
          purpose
          isEdited
        }
      }
      ...FailureFields
    }
  }
`);
