import { graphql } from "#gql/gql.ts";

export const PauseEverything = graphql(`
  mutation PauseEverything($input: PauseQueueInput!) {
    pauseQueue(input: $input) {
      __typename
      ... on PauseQueuePayload {
        status {
          isPaused
        }
      }
      ...FailureFields
    }
  }
`);

export const ResumeEverything = graphql(`
  mutation ResumeEverything($input: PauseQueueInput!) {
    resumeQueue(input: $input) {
      __typename
      ... on PauseQueuePayload {
        status {
          isPaused
        }
      }
      ...FailureFields
    }
  }
`);

export const PaletteSearch = graphql(`
  query PaletteSearch($search: String) {
    jobs(first: 5, search: $search) {
      nodes {
        id
        name
      }
    }
    workflows(first: 5, search: $search) {
      nodes {
        id
        name
      }
    }
    characters(first: 5, search: $search) {
      nodes {
        id
        name
      }
    }
    sceneTypes(first: 100) {
      nodes {
        id
        name
      }
    }
  }
`);
