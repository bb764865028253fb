import { graphql } from "#gql/gql.ts";

export const SubmitJob = graphql(`
  mutation SubmitJob($input: SubmitJobInput!) {
    submitJob(input: $input) {
      __typename
      ... on SubmitJobPayload {
        job {
          id
          name
          counts {
            total
          }
        }
        jobs {
          id
        }
        plannedRuns {
          input
          seed
          outputPrefix
        }
      }
      ...FailureFields
    }
  }
`);

/** The same without storing anything: what each run would be, with its graph. */
export const PlanJob = graphql(`
  mutation PlanJob($input: SubmitJobInput!) {
    submitJob(input: $input) {
      __typename
      ... on SubmitJobPayload {
        plannedRuns {
          input
          seed
          outputPrefix
          graph
        }
      }
      ...FailureFields
    }
  }
`);
