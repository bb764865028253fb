"use client";

import { graphql } from "#gql/gql.ts";
import { useAction } from "#lib/graphql/use-action.ts";

const AssignCharacters = graphql(`
  mutation AssignCharacters($input: AssignCharactersInput!) {
    assignCharacters(input: $input) {
      __typename
      ... on AssignCharactersPayload {
        characters {
          id
          group {
            id
            name
          }
        }
      }
      ...FailureFields
    }
  }
`);

/** Puts characters into a group of their project, or with null out of theirs. */
export function useAssign() {
  const { run, ...rest } = useAction(AssignCharacters);
  const assign = async (characterIds: string[], groupId: string | null): Promise<boolean> =>
    (await run({ input: { characterIds, groupId } })) !== null;
  return { assign, ...rest };
}
