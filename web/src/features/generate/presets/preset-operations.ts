import { graphql } from "#gql/gql.ts";

export const PresetsQuery = graphql(`
  query Presets($category: WorkflowCategory!) {
    presets(category: $category) {
      id
      kind
      name
      promptPreset {
        id
      }
    }
  }
`);

export const ApplyPresets = graphql(`
  query ApplyPresets($workflowId: ID!, $presetIds: [ID!]!) {
    applyPresets(workflowId: $workflowId, presetIds: $presetIds) {
      params
      settings
      leftOut {
        name
        reason
      }
    }
  }
`);

export const SavePreset = graphql(`
  mutation SavePreset($input: SavePresetInput!) {
    savePreset(input: $input) {
      __typename
      ... on SavePresetPayload {
        preset {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const RenamePreset = graphql(`
  mutation RenamePreset($input: RenamePresetInput!) {
    renamePreset(input: $input) {
      __typename
      ... on RenamePresetPayload {
        preset {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const DeletePreset = graphql(`
  mutation DeletePreset($input: DeletePresetInput!) {
    deletePreset(input: $input) {
      __typename
      ... on DeletePresetPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);
