import { graphql } from "#gql/gql.ts";

export const CreateSceneAsset = graphql(`
  mutation CreateSceneAsset($input: CreateSceneAssetInput!) {
    createSceneAsset(input: $input) {
      __typename
      ... on CreateSceneAssetPayload {
        sceneAsset {
          id
          scene {
            id
            assets {
              id
              projectAsset {
                id
                type
              }
              ...ElementRow
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateSceneAsset = graphql(`
  mutation UpdateSceneAsset($input: UpdateSceneAssetInput!) {
    updateSceneAsset(input: $input) {
      __typename
      ... on UpdateSceneAssetPayload {
        sceneAsset {
          id
          ...ElementRow
          ...StateFields
          modificationCount
        }
      }
      ...FailureFields
    }
  }
`);

export const LockSceneAssets = graphql(`
  mutation LockSceneAssets($input: LockSceneAssetsInput!) {
    lockSceneAssets(input: $input) {
      __typename
      ... on LockSceneAssetsPayload {
        sceneAssets {
          id
          isLocked
          reviewStatus
          modificationCount
        }
      }
      ...FailureFields
    }
  }
`);

export const UnlockSceneAssets = graphql(`
  mutation UnlockSceneAssets($input: UnlockSceneAssetsInput!) {
    unlockSceneAssets(input: $input) {
      __typename
      ... on UnlockSceneAssetsPayload {
        sceneAssets {
          id
          isLocked
          reviewStatus
          modificationCount
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteSceneAsset = graphql(`
  mutation DeleteSceneAsset($input: DeleteSceneAssetInput!) {
    deleteSceneAsset(input: $input) {
      __typename
      ... on DeleteSceneAssetPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

export const InheritSceneAssets = graphql(`
  mutation InheritSceneAssets($input: InheritSceneAssetsInput!) {
    inheritSceneAssets(input: $input) {
      __typename
      ... on InheritSceneAssetsPayload {
        scene {
          id
          assets {
            id
            projectAsset {
              id
              type
            }
            ...ElementRow
          }
        }
        notReady {
          id
          name
        }
      }
      ...FailureFields
    }
  }
`);

export const CloneLibraryAsset = graphql(`
  mutation CloneLibraryAsset($input: CloneLibraryAssetInput!) {
    cloneLibraryAsset(input: $input) {
      __typename
      ... on CloneLibraryAssetPayload {
        isNew
        projectAsset {
          id
          name
        }
        sceneAsset {
          id
          scene {
            id
            assets {
              id
              projectAsset {
                id
                type
              }
              ...ElementRow
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);
