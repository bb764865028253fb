import { graphql } from "#gql/gql.ts";

/** Where a translation stands, and what it is made with: all that changes while it is written. */
export const TranslationState = graphql(`
  fragment TranslationState on ChapterTranslation {
    id
    status
    targetLanguage
    model
    elapsedMs
    inputTokens
    outputTokens
    createdAt
    startedAt
    finishedAt
    isImported
    legacyPromptName
    promptVersion {
      id
      number
    }
    progress {
      done
      total
    }
    error {
      code
      message
      hint
    }
  }
`);

export const TranslateChapter = graphql(`
  mutation TranslateChapter($input: TranslateChapterInput!) {
    translateChapter(input: $input) {
      __typename
      ... on ChapterTranslationPayload {
        chapterTranslation {
          id
          ...TranslationState
        }
      }
      ...FailureFields
    }
  }
`);

export const CancelTranslation = graphql(`
  mutation CancelTranslation($input: CancelTranslationInput!) {
    cancelTranslation(input: $input) {
      __typename
      ... on ChapterTranslationPayload {
        chapterTranslation {
          id
          ...TranslationState
        }
      }
      ...FailureFields
    }
  }
`);

export const RetryTranslation = graphql(`
  mutation RetryTranslation($input: RetryTranslationInput!) {
    retryTranslation(input: $input) {
      __typename
      ... on ChapterTranslationPayload {
        chapterTranslation {
          id
          ...TranslationState
        }
      }
      ...FailureFields
    }
  }
`);
