import { graphql } from "#gql/gql.ts";

export const UpdateWorkflowParameter = graphql(`
  mutation UpdateWorkflowParameter($input: UpdateWorkflowParameterInput!) {
    updateWorkflowParameter(input: $input) {
      __typename
      ... on UpdateWorkflowParameterPayload {
        workflow {
          id
          ...ParameterList
        }
      }
      ...FailureFields
    }
  }
`);

export const AddWorkflowParameter = graphql(`
  mutation AddWorkflowParameter($input: AddWorkflowParameterInput!) {
    addWorkflowParameter(input: $input) {
      __typename
      ... on AddWorkflowParameterPayload {
        workflow {
          id
          ...ParameterList
        }
      }
      ...FailureFields
    }
  }
`);

export const RemoveWorkflowParameter = graphql(`
  mutation RemoveWorkflowParameter($input: RemoveWorkflowParameterInput!) {
    removeWorkflowParameter(input: $input) {
      __typename
      ... on RemoveWorkflowParameterPayload {
        workflow {
          id
          ...ParameterList
        }
      }
      ...FailureFields
    }
  }
`);

export const ReorderWorkflowParameters = graphql(`
  mutation ReorderWorkflowParameters($input: ReorderWorkflowParametersInput!) {
    reorderWorkflowParameters(input: $input) {
      __typename
      ... on ReorderWorkflowParametersPayload {
        workflow {
          id
          ...ParameterList
        }
      }
      ...FailureFields
    }
  }
`);

export const ResetWorkflowParameters = graphql(`
  mutation ResetWorkflowParameters($input: ResetWorkflowParametersInput!) {
    resetWorkflowParameters(input: $input) {
      __typename
      ... on ResetWorkflowParametersPayload {
        workflow {
          id
          ...ParameterList
        }
      }
      ...FailureFields
    }
  }
`);
