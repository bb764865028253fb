import type { ResultOf } from "@graphql-typed-document-node/core";
import { graphql } from "#gql/gql.ts";

/**
 * All that is known of the parameters. They have no ids, so the cache keeps them by their place in the list: whoever
 * reads them after a change asks for every field, or it would mix the old with the new.
 */
export const ParameterListFields = graphql(`
  fragment ParameterList on Workflow {
    id
    parameters {
      key
      label
      type
      default
      min
      max
      step
      options
      category
      isEdited
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
        optionsSource
        visibleWhen {
          key
          equals
        }
      }
    }
  }
`);

export type Parameter = ResultOf<typeof ParameterListFields>["parameters"][number];
