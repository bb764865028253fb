import { graphql } from "#gql/gql.ts";

export const PauseEverything = graphql(`
  mutation PauseEverything($input: PauseQueueInput!) {
    pauseQueue(input: $input) {
      __typename
      ... on PauseQueuePayload {
        status {
          isPaused
          machines {
            id
            isPaused
          }
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
          machines {
            id
            isPaused
          }
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
    sceneTypes(first: 5, search: $search) {
      nodes {
        id
        name
      }
    }
    libraries(first: 5, search: $search) {
      nodes {
        id
        name
      }
    }
    works(first: 5, search: $search) {
      nodes {
        id
        title
      }
    }
    machines {
      id
      name
      isPaused
    }
  }
`);

export const PaletteRecent = graphql(`
  query PaletteRecent {
    jobs(first: 5) {
      nodes {
        id
        name
        status
      }
    }
  }
`);

export const ReadMachineAgain = graphql(`
  mutation ReadMachineAgain($input: RefreshMachineInput!) {
    refreshMachine(input: $input) {
      __typename
      ... on RefreshMachinePayload {
        machine {
          id
          isReachable
        }
      }
      ...FailureFields
    }
  }
`);
