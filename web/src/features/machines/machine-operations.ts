import { graphql } from "#gql/gql.ts";

export const AddMachine = graphql(`
  mutation AddMachine($input: AddMachineInput!) {
    addMachine(input: $input) {
      __typename
      ... on AddMachinePayload {
        machine {
          id
          ...MachineRow
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateMachine = graphql(`
  mutation UpdateMachine($input: UpdateMachineInput!) {
    updateMachine(input: $input) {
      __typename
      ... on UpdateMachinePayload {
        machine {
          id
          ...MachineRow
        }
      }
      ...FailureFields
    }
  }
`);

export const RemoveMachine = graphql(`
  mutation RemoveMachine($input: RemoveMachineInput!) {
    removeMachine(input: $input) {
      __typename
      ... on RemoveMachinePayload {
        removedId
      }
      ...FailureFields
    }
  }
`);

export const RefreshMachine = graphql(`
  mutation RefreshMachine($input: RefreshMachineInput!) {
    refreshMachine(input: $input) {
      __typename
      ... on RefreshMachinePayload {
        machine {
          id
          ...MachineRow
        }
      }
      ...FailureFields
    }
  }
`);

export const DrainMachine = graphql(`
  mutation DrainMachine($input: DrainMachineInput!) {
    drainMachine(input: $input) {
      __typename
      ... on DrainMachinePayload {
        machine {
          id
          ...MachineRow
        }
      }
      ...FailureFields
    }
  }
`);

export const PauseMachine = graphql(`
  mutation PauseMachine($input: PauseQueueInput!) {
    pauseQueue(input: $input) {
      __typename
      ... on PauseQueuePayload {
        status {
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

export const ResumeMachine = graphql(`
  mutation ResumeMachine($input: PauseQueueInput!) {
    resumeQueue(input: $input) {
      __typename
      ... on PauseQueuePayload {
        status {
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
