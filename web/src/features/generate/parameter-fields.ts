import { graphql } from "#gql/gql.ts";

/** A parameter with the hints that its field is rendered from. */
export const FormParameterFields = graphql(`
  fragment FormParameterFields on WorkflowParameter {
    key
    label
    type
    default
    min
    max
    step
    options
    bindings {
      nodeId
      inputName
    }
    ui {
      widget
      multiline
      placeholder
      help
      group
      order
      visibleWhen {
        key
        equals
      }
    }
  }
`);

export const FormSlotFields = graphql(`
  fragment FormSlotFields on PromptSlot {
    id
    nodeId
    inputName
    label
    slotType
    sortOrder
    defaultText
    isLinked
    isUserEditable
    description
  }
`);
