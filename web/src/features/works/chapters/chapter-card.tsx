"use client";

import type { ResultOf } from "@graphql-typed-document-node/core";
import { TranslationBadges } from "#features/works/translations/translation-badges.tsx";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { Link } from "#ui/link.tsx";

export const ChapterCardFields = graphql(`
  fragment ChapterCard on Chapter {
    id
    number
    title
    characterCount
    latestTranslation {
      id
      ...TranslationState
    }
  }
`);

/** A chapter in the list of its work. */
export function ChapterCard({ chapter }: { chapter: ResultOf<typeof ChapterCardFields> }) {
  const { id, number, title, characterCount, latestTranslation } = chapter;
  return (
    <div className="min-w-0 grow">
      <div className="flex items-baseline gap-3">
        <Link
          href={`/works/chapters/${encodeURIComponent(id)}`}
          className="min-w-0 grow font-medium break-words hover:text-accent-ink"
        >
          <span className="text-ink-3 tabular-nums">{`${number} `}</span>
          {title || "Without a title"}
        </Link>
        <span className="shrink-0 text-sm text-ink-3 tabular-nums">
          {characterCount === 0 ? "No text" : plural(characterCount, "character")}
        </span>
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-1.5">
        {latestTranslation ? (
          <TranslationBadges translation={latestTranslation} />
        ) : (
          <span className="text-sm text-ink-3">Not translated yet</span>
        )}
      </div>
    </div>
  );
}
