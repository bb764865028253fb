import { graphql } from "#gql/gql.ts";

export const EstimateSceneImages = graphql(`
  query EstimateSceneImages($instanceIds: [ID!]!) {
    estimateSceneAssetImages(instanceIds: $instanceIds) {
      imageCount
      sampleCount
      credits
      machineSecs {
        p50
        p90
      }
      elapsedSecs {
        p50
      }
      pictures {
        isBlocked
        openPicture {
          id
        }
      }
      blockers {
        code
        message
        remedy
        sceneAssets {
          id
          projectAsset {
            id
            name
          }
        }
      }
    }
  }
`);

export const GenerateSceneImages = graphql(`
  mutation GenerateSceneImages($input: GenerateSceneAssetImagesInput!) {
    generateSceneAssetImages(input: $input) {
      __typename
      ... on GenerateSceneAssetImagesPayload {
        pictures {
          id
          status
          sceneAsset {
            id
            generation {
              id
              status
              progress
            }
            scene {
              id
              ...ImageProgress
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

export const AssetWorkflows = graphql(`
  query AssetWorkflows {
    workflows(first: 100, category: IMAGE_GEN) {
      nodes {
        id
        name
      }
    }
  }
`);

export const SetAssetWorkflow = graphql(`
  mutation SetAssetWorkflow($input: SetAssetWorkflowInput!) {
    setAssetWorkflow(input: $input) {
      __typename
      ... on SetAssetWorkflowPayload {
        project {
          id
          assetWorkflow {
            id
            name
          }
        }
      }
      ...FailureFields
    }
  }
`);
