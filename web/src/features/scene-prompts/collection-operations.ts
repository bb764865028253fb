import { graphql } from "#gql/gql.ts";

/** A collection as its editor needs it, and whose it is: the first change of a scene or branch makes it. */
export const EditedCollectionFields = graphql(`
  fragment EditedCollection on PromptCollection {
    id
    version
    separator
    v1Backup
    prompts {
      name
      value
      category
      description
      tags
    }
    compositions {
      name
      promptNames
    }
    scene {
      id
      promptNames
      promptCollection {
        id
      }
    }
    branch {
      id
      promptCollection {
        id
      }
    }
  }
`);

/** Puts a file in place of all prompts and compositions, all or nothing: an editor's save as well as an import. */
export const ImportPromptCollection = graphql(`
  mutation ImportPromptCollection($input: ImportPromptCollectionInput!) {
    importPromptCollection(input: $input) {
      __typename
      ... on ImportPromptCollectionPayload {
        warnings
        collection {
          id
          version
          ...EditedCollection
        }
      }
      ...FailureFields
    }
  }
`);

export const RollbackToV1 = graphql(`
  mutation RollbackToV1($input: RollbackToV1Input!) {
    rollbackToV1(input: $input) {
      __typename
      ... on PromptCollectionPayload {
        collection {
          id
          ...EditedCollection
        }
      }
      ...FailureFields
    }
  }
`);

/** Whose collection is meant, as in an input. */
export type CollectionTarget = { sceneId: string } | { branchId: string };
