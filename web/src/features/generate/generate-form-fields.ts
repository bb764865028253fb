import type { ResultOf } from "@graphql-typed-document-node/core";
import { FormParameterFields, FormSlotFields } from "#features/generate/parameter-fields.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";

/** All that the form of a workflow is made of. */
export const GenerateFormFields = graphql(`
  fragment GenerateForm on Workflow {
    id
    category
    inputKind
    promptSlots {
      id
      ...FormSlotFields
    }
    clips {
      key
      label
      number
      nodeId
      inputName
    }
    stageTemplate {
      maxStages
      stages {
        prompts {
          nodeId
          inputName
        }
      }
    }
    parameters {
      ...FormParameterFields
    }
  }
`);

export type FormWorkflow = Omit<ResultOf<typeof GenerateFormFields>, "promptSlots" | "parameters"> & {
  slots: readonly ResultOf<typeof FormSlotFields>[];
  parameters: readonly ResultOf<typeof FormParameterFields>[];
};

export function readFormWorkflow(source: FragmentType<typeof GenerateFormFields>): FormWorkflow {
  const { promptSlots, parameters, ...workflow } = readFragment(GenerateFormFields, source);
  const slots = readFragment(FormSlotFields, promptSlots);
  return {
    ...workflow,
    slots: slots.toSorted((a, b) => a.sortOrder - b.sortOrder),
    parameters: readFragment(FormParameterFields, parameters),
  };
}
