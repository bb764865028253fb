import { graphql } from "#gql/gql.ts";

export const CancelJob = graphql(`
  mutation CancelJob($input: CancelJobInput!) {
    cancelJob(input: $input) {
      __typename
      ... on CancelJobPayload {
        canceledCount
        cancelingCount
        alreadyEndedCount
        job {
          ...JobCard
        }
      }
      ...FailureFields
    }
  }
`);

export const RetryJob = graphql(`
  mutation RetryJob($input: RetryJobInput!) {
    retryJob(input: $input) {
      __typename
      ... on RetryJobPayload {
        retriedCount
        job {
          ...JobCard
        }
      }
      ...FailureFields
    }
  }
`);

export const PauseJob = graphql(`
  mutation PauseJob($input: PauseJobInput!) {
    pauseJob(input: $input) {
      __typename
      ... on PauseJobPayload {
        job {
          ...JobCard
        }
      }
      ...FailureFields
    }
  }
`);

export const ResumeJob = graphql(`
  mutation ResumeJob($input: PauseJobInput!) {
    resumeJob(input: $input) {
      __typename
      ... on ResumeJobPayload {
        job {
          ...JobCard
        }
      }
      ...FailureFields
    }
  }
`);

export const SetJobPriority = graphql(`
  mutation SetJobPriority($input: SetJobPriorityInput!) {
    setJobPriority(input: $input) {
      __typename
      ... on SetJobPriorityPayload {
        job {
          ...JobCard
        }
      }
      ...FailureFields
    }
  }
`);

export const PauseQueue = graphql(`
  mutation PauseQueue($input: PauseQueueInput!) {
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

export const ResumeQueue = graphql(`
  mutation ResumeQueue($input: PauseQueueInput!) {
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
