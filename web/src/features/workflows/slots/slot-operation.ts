import { graphql } from "#gql/gql.ts";

export const UpdatePromptSlot = graphql(`
  mutation UpdatePromptSlot($input: UpdatePromptSlotInput!) {
    updatePromptSlot(input: $input) {
      __typename
      ... on UpdatePromptSlotPayload {
        promptSlot {
          id
          sortOrder
          defaultText
          isUserEditable
          ...SlotSummary
        }
      }
      ...FailureFields
    }
  }
`);
