"use client";

import { graphql } from "#gql/gql.ts";
import { useQuery } from "#lib/graphql/use-query.ts";
import { useDebounced } from "#lib/hooks/use-debounced.ts";

const CheckPromptQuery = graphql(`
  query CheckPrompt($template: String!, $parameterNames: [String!], $model: String) {
    checkPrompt(template: $template, parameterNames: $parameterNames, model: $model) {
      known
      problems {
        offset
        line
        column
        message
      }
      warnings {
        code
        message
      }
    }
    llmStatus {
      models
    }
  }
`);

/** What the server says of a prompt while it is written. */
export function usePromptCheck(template: string, parameterNames: readonly string[], model: string) {
  // As one text, for the settled value to be compared.
  const settled = useDebounced(JSON.stringify({ template, parameterNames, model: model.trim() || null }), 250);
  const variables = JSON.parse(settled) as { template: string; parameterNames: string[]; model: string | null };
  const [{ data }] = useQuery({ query: CheckPromptQuery, variables });
  return { check: data?.checkPrompt ?? null, models: data?.llmStatus.models ?? [] };
}
