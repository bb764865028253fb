import { graphql } from "#gql/gql.ts";

export const CreateChapter = graphql(`
  mutation CreateChapter($input: CreateChapterInput!) {
    createChapter(input: $input) {
      __typename
      ... on CreateChapterPayload {
        chapter {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const UpdateChapter = graphql(`
  mutation UpdateChapter($input: UpdateChapterInput!) {
    updateChapter(input: $input) {
      __typename
      ... on UpdateChapterPayload {
        chapter {
          id
          number
          title
          text
          summary
          characterCount
        }
      }
      ...FailureFields
    }
  }
`);

export const DeleteChapter = graphql(`
  mutation DeleteChapter($input: DeleteChapterInput!) {
    deleteChapter(input: $input) {
      __typename
      ... on DeleteChapterPayload {
        deletedId
      }
      ...FailureFields
    }
  }
`);

export const ReorderChapters = graphql(`
  mutation ReorderChapters($input: ReorderChaptersInput!) {
    reorderChapters(input: $input) {
      __typename
      ... on ReorderChaptersPayload {
        work {
          id
        }
      }
      ...FailureFields
    }
  }
`);

export const ImportChapters = graphql(`
  mutation ImportChapters($input: ImportChaptersInput!) {
    importChapters(input: $input) {
      __typename
      ... on ImportChaptersPayload {
        imported
        work {
          id
        }
      }
      ...FailureFields
    }
  }
`);
