"use client";

import { TranslationBadges } from "#features/works/translations/translation-badges.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

const TranslationListFields = graphql(`
  fragment TranslationList on Chapter {
    id
    translations(first: 100) {
      totalCount
      nodes {
        id
        createdAt
        ...TranslationState
      }
    }
  }
`);

interface Props {
  chapter: FragmentType<typeof TranslationListFields>;
  shownId: string;
  onChoose: (id: string) => void;
}

/** All translations of a chapter, the newest first; one of them is shown above. */
export function TranslationList({ chapter, shownId, onChoose }: Props) {
  const { nodes, totalCount } = readFragment(TranslationListFields, chapter).translations;
  if (nodes.length === 0) return null;
  return (
    <Panel title={plural(totalCount, "translation")}>
      <ul className="divide-y">
        {nodes.map((translation, index) => (
          <li key={translation.id} className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
            <span className="flex min-w-0 grow flex-wrap items-center gap-1.5">
              <TranslationBadges translation={translation} />
            </span>
            <span className="text-ink-3">
              <TimeAgo at={translation.createdAt} />
            </span>
            <Button
              size="sm"
              variant="quiet"
              aria-label={`${translation.id === shownId ? "Shown" : "Show"} translation ${totalCount - index}`}
              disabled={translation.id === shownId}
              onClick={() => onChoose(translation.id)}
            >
              {translation.id === shownId ? "Shown" : "Show"}
            </Button>
          </li>
        ))}
      </ul>
      {totalCount > nodes.length && (
        <p className="pt-2 text-ink-3">{`and ${plural(totalCount - nodes.length, "older translation")}`}</p>
      )}
    </Panel>
  );
}
