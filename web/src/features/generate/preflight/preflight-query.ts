import { graphql } from "#gql/gql.ts";

/** What would become of what the form holds, and how long it would take. */
export const PreflightJob = graphql(`
  query PreflightJob($input: SubmitJobInput!) {
    preflightJob(input: $input) {
      jobCount
      readyCount
      warnedCount
      blockedCount
      findings {
        runCount
        finding {
          code
          isBlocking
          message
          remedy
          path
          nodeId
          inputName
          suggestions
        }
      }
      estimate {
        runCount
        sampleCount
        credits
        machineSecs {
          p50
          p90
        }
        elapsedSecs {
          p50
          p90
        }
      }
    }
  }
`);
