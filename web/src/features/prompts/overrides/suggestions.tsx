"use client";

import { Plus } from "lucide-react";
import { use } from "react";
import { type EntryDraft, libraryEntry } from "#features/prompts/overrides/override-drafts.ts";
import { graphql } from "#gql/gql.ts";
import { plural } from "#lib/format.ts";
import { QueryPanel } from "#lib/graphql/query-panel.tsx";
import { useQuery } from "#lib/graphql/use-query.ts";
import { ReadOnlyContext } from "#ui/access.ts";
import { Skeleton } from "#ui/skeleton.tsx";

const SuggestionsQuery = graphql(`
  query FragmentSuggestions($characterId: ID!, $sceneTypeId: ID!, $slotId: ID!, $ranking: FragmentRanking!) {
    suggestFragments(
      characterId: $characterId
      sceneTypeId: $sceneTypeId
      slotId: $slotId
      ranking: $ranking
      first: 12
    ) {
      fragment {
        id
        text
      }
      matched
      usesInSceneType
      rankedBy
      why
    }
  }
`);

interface Props {
  characterId: string;
  sceneTypeId: string;
  slotId: string;
  used: readonly string[];
  onAdd: (entry: EntryDraft) => void;
}

/**
 * Fragments that fit the character's metadata; a press adds one. They come by their use at once, and in the order of the language
 * model when it has answered.
 */
export function Suggestions({ characterId, sceneTypeId, slotId, used, onAdd }: Props) {
  const isReadOnly = use(ReadOnlyContext);
  const variables = { characterId, sceneTypeId, slotId };
  const [byUse, refetch] = useQuery({ query: SuggestionsQuery, variables: { ...variables, ranking: "USE" } });
  const [byModel] = useQuery({
    query: SuggestionsQuery,
    variables: { ...variables, ranking: "MODEL" },
    pause: byUse.data === undefined,
  });
  return (
    <QueryPanel result={byModel.data ? byModel : byUse} onRetry={refetch} loading={<Skeleton className="h-8" />}>
      {({ suggestFragments }) => {
        const fresh = suggestFragments.filter(({ fragment }) => !used.includes(fragment.id));
        if (fresh.length === 0) {
          return <p className="text-ink-3">No further fragment shares a word with this character's metadata.</p>;
        }
        const model = fresh[0]?.rankedBy;
        return (
          <div className="space-y-1.5">
            <ul className="flex flex-wrap gap-1.5">
              {fresh.map(({ fragment, matched, usesInSceneType, why }) => (
                <li key={fragment.id} className="max-w-full">
                  <button
                    type="button"
                    disabled={isReadOnly}
                    onClick={() => onAdd(libraryEntry(fragment))}
                    title={`${why ?? `Fits ${matched.join(", ")}`}; ${plural(usesInSceneType, "use")} in this scene type`}
                    className="flex min-h-7 max-w-full items-center gap-1 rounded-md border px-2 text-left hover:bg-hover"
                  >
                    <Plus aria-hidden className="size-3.5 shrink-0 text-ink-3" />
                    <span className="min-w-0 break-words">{fragment.text}</span>
                    <span className="text-sm text-ink-3">{matched[0]}</span>
                  </button>
                </li>
              ))}
            </ul>
            {model && <p className="text-sm text-ink-3">In the order of {model}, the most useful first.</p>}
          </div>
        );
      }}
    </QueryPanel>
  );
}
