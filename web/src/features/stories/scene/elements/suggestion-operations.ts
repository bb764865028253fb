import { graphql } from "#gql/gql.ts";

export const DetectSceneAssets = graphql(`
  mutation DetectSceneAssets($input: DetectSceneAssetsInput!) {
    detectSceneAssets(input: $input) {
      __typename
      ... on DetectSceneAssetsPayload {
        suggestions {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const AcceptSceneAssets = graphql(`
  mutation AcceptSceneAssets($input: AcceptSceneAssetsInput!) {
    acceptSceneAssets(input: $input) {
      __typename
      ... on AcceptSceneAssetsPayload {
        sceneAssets {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const IgnoreSuggestions = graphql(`
  mutation IgnoreSuggestions($input: IgnoreSceneAssetSuggestionsInput!) {
    ignoreSceneAssetSuggestions(input: $input) {
      __typename
      ... on IgnoreSceneAssetSuggestionsPayload {
        scene {
          id
          assetSuggestions {
            id
          }
        }
      }
      ...FailureFields
    }
  }
`);
