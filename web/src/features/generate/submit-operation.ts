import { graphql } from "#gql/gql.ts";

export const SubmitJob = graphql(`
  mutation SubmitJob($input: SubmitJobInput!) {
    submitJob(input: $input) {
      __typename
      ... on SubmitJobPayload {
        job {
          id
          name
        }
        jobs {
          id
          counts {
            total
          }
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
