import { graphql } from "#gql/gql.ts";

export const CreateScene = graphql(`
  mutation CreateScene($input: CreateSceneInput!) {
    createScene(input: $input) {
      __typename
      ... on CreateScenePayload {
        scene {
          id
          number
          branch {
            id
            scenes(first: 1) {
              totalCount
            }
          }
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateScene = graphql(`
  mutation UpdateScene($input: UpdateSceneInput!) {
    updateScene(input: $input) {
      __typename
      ... on UpdateScenePayload {
        scene {
          id
          title
          scriptExcerpt
          shotCount
          ...ShotList
          ...EndState
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteScene = graphql(`
  mutation DeleteScene($input: DeleteSceneInput!) {
    deleteScene(input: $input) {
      __typename
      ... on DeleteScenePayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

export const MoveScene = graphql(`
  mutation MoveScene($input: MoveSceneInput!) {
    moveScene(input: $input) {
      __typename
      ... on MoveScenePayload {
        branch {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const AdvanceScene = graphql(`
  mutation AdvanceScene($input: AdvanceSceneInput!) {
    advanceScene(input: $input) {
      __typename
      ... on AdvanceScenePayload {
        scene {
          id
          status
        }
      }
      ...FailureFields
    }
  }
`);
