import { graphql } from "#gql/gql.ts";

/** A graph may be megabytes: it is asked for where it is shown, and nowhere else. */
export const WorkflowGraphQuery = graphql(`
  query WorkflowGraph($id: ID!) {
    workflow(id: $id) {
      id
      promptSlots {
        id
        nodeId
        inputName
        slotType
        label
      }
      currentVersion {
        id
        number
        graph
      }
    }
  }
`);
