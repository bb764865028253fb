import { graphql } from "#gql/gql.ts";

export const AllPresetsQuery = graphql(`
  query AllPresets {
    presets {
      id
      kind
      category
      name
      content
      updatedAt
      promptPreset {
        id
        name
      }
    }
    resolutionPresets {
      id
      name
      width
      height
    }
  }
`);

export const RenameKeptPreset = graphql(`
  mutation RenameKeptPreset($input: RenamePresetInput!) {
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

export const DeleteKeptPreset = graphql(`
  mutation DeleteKeptPreset($input: DeletePresetInput!) {
    deletePreset(input: $input) {
      __typename
      ... on DeletePresetPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

export const SaveResolution = graphql(`
  mutation SaveResolution($input: SaveResolutionPresetInput!) {
    saveResolutionPreset(input: $input) {
      __typename
      ... on SaveResolutionPresetPayload {
        resolutionPreset {
          id
          name
          width
          height
        }
      }
      ...FailureFields
    }
  }
`);

export const RenameResolution = graphql(`
  mutation RenameResolution($input: RenameResolutionPresetInput!) {
    renameResolutionPreset(input: $input) {
      __typename
      ... on RenameResolutionPresetPayload {
        resolutionPreset {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteResolution = graphql(`
  mutation DeleteResolution($input: DeleteResolutionPresetInput!) {
    deleteResolutionPreset(input: $input) {
      __typename
      ... on DeleteResolutionPresetPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);
