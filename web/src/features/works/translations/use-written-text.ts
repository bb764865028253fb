"use client";

import { useSubscription } from "urql";
import { withWritten } from "#features/works/translations/written-text.ts";
import { graphql } from "#gql/gql.ts";

const TranslationEvents = graphql(`
  subscription TranslationEvents($id: ID!) {
    chapterTranslationUpdated(id: $id) {
      offset
      text
      translation {
        id
        ...TranslationState
      }
    }
  }
`);

/**
 * The text of a translation as it is written; its state goes into the cache.
 * @returns null before the first event
 */
export function useWrittenText(id: string, isUnderWay: boolean): string | null {
  const [{ data }] = useSubscription(
    { query: TranslationEvents, variables: { id }, pause: !isUnderWay },
    (before: { text: string } | undefined, { chapterTranslationUpdated: event }) => ({
      text: withWritten(before?.text ?? "", event),
    }),
  );
  return data?.text ?? null;
}
