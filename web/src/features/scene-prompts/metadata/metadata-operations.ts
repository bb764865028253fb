import { graphql } from "#gql/gql.ts";

/** What a scene is rendered with besides its prompts. */
export const SceneMetadataFields = graphql(`
  fragment SceneMetadataPanel on Scene {
    id
    metadata {
      poseName
      maskType
      depthType
      resolution {
        width
        height
      }
      loras {
        name
        strength
        enabled
      }
      poseFile
      loraFile
    }
  }
`);

export const UpdateSceneMetadata = graphql(`
  mutation UpdateSceneMetadata($input: UpdateSceneMetadataInput!) {
    updateSceneMetadata(input: $input) {
      __typename
      ... on SceneMetadataPayload {
        scene {
          id
          ...SceneMetadataPanel
        }
      }
      ...FailureFields
    }
  }
`);

export const AddSceneLora = graphql(`
  mutation AddSceneLora($input: AddSceneLoraInput!) {
    addSceneLora(input: $input) {
      __typename
      ... on SceneMetadataPayload {
        scene {
          id
          ...SceneMetadataPanel
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateSceneLora = graphql(`
  mutation UpdateSceneLora($input: UpdateSceneLoraInput!) {
    updateSceneLora(input: $input) {
      __typename
      ... on SceneMetadataPayload {
        scene {
          id
          ...SceneMetadataPanel
        }
      }
      ...FailureFields
    }
  }
`);

export const RemoveSceneLora = graphql(`
  mutation RemoveSceneLora($input: RemoveSceneLoraInput!) {
    removeSceneLora(input: $input) {
      __typename
      ... on SceneMetadataPayload {
        scene {
          id
          ...SceneMetadataPanel
        }
      }
      ...FailureFields
    }
  }
`);

export const ReorderSceneLoras = graphql(`
  mutation ReorderSceneLoras($input: ReorderSceneLorasInput!) {
    reorderSceneLoras(input: $input) {
      __typename
      ... on SceneMetadataPayload {
        scene {
          id
          ...SceneMetadataPanel
        }
      }
      ...FailureFields
    }
  }
`);

export const ImportSceneMetadata = graphql(`
  mutation ImportSceneMetadata($input: ImportSceneMetadataInput!) {
    importSceneMetadata(input: $input) {
      __typename
      ... on SceneMetadataPayload {
        scene {
          id
          ...SceneMetadataPanel
        }
      }
      ...FailureFields
    }
  }
`);
