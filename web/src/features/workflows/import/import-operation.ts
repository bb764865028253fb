import { graphql } from "#gql/gql.ts";

export const ImportWorkflow = graphql(`
  mutation ImportWorkflow($input: ImportWorkflowInput!) {
    importWorkflow(input: $input) {
      __typename
      ... on ImportWorkflowPayload {
        isNewVersion
        version {
          id
          number
        }
        workflow {
          id
          name
          currentVersion {
            id
            number
          }
          promptSlots {
            id
            ...SlotSummary
          }
          ...ParameterList
          duplicateOf {
            id
            name
          }
        }
        report {
          ...ImportReportFields
        }
      }
      ...FailureFields
    }
  }
`);
