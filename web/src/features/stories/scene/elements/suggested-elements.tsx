"use client";

import { ScanSearch } from "lucide-react";
import { SuggestionRow } from "#features/stories/scene/elements/suggestion-row.tsx";
import {
  AcceptSceneAssets,
  DetectSceneAssets,
  IgnoreSuggestions,
} from "#features/stories/scene/elements/suggestion-operations.ts";
import { useLeftOut } from "#features/stories/scene/elements/use-left-out.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { Button } from "#ui/button.tsx";

const SuggestedElementsFields = graphql(`
  fragment SuggestedElements on Scene {
    id
    assets {
      id
      projectAsset {
        id
        type
        name
      }
    }
    assetSuggestions {
      id
      type
      name
      projectAsset {
        id
      }
      ...SuggestionRow
    }
  }
`);

interface Props {
  scene: FragmentType<typeof SuggestedElementsFields>;
  onChanged: () => void;
}

/** What a language model holds for a part of the scene: suggestions, until somebody accepts them. */
export function SuggestedElements({ scene: source, onChanged }: Props) {
  const { id: sceneId, assets, assetSuggestions } = readFragment(SuggestedElementsFields, source);
  // What somebody has added by another way since is in the scene: to accept it would be a conflict, for all of them.
  const present = assets.map(({ projectAsset }) => projectAsset);
  const suggestions = assetSuggestions.filter(
    ({ type, name, projectAsset }) =>
      !present.some((asset) => asset.id === projectAsset?.id || (asset.type === type && asset.name === name)),
  );
  const { isWanted, setWanted } = useLeftOut();
  const detect = useAction(DetectSceneAssets);
  const accept = useAction(AcceptSceneAssets);
  const ignore = useAction(IgnoreSuggestions);
  const ids = suggestions.map(({ id }) => id).filter(isWanted);
  const after = async (running: Promise<object | null>) => {
    if (await running) onChanged();
  };
  return (
    <section aria-label="Suggested">
      <h3 className="border-b pb-1 font-medium text-ink-2">Suggested by the language model</h3>
      <ul className="divide-y">
        {suggestions.map((suggestion) => (
          <SuggestionRow
            key={suggestion.id}
            suggestion={suggestion}
            isWanted={isWanted(suggestion.id)}
            onWantedChange={(next) => setWanted(suggestion.id, next)}
          />
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap gap-1">
        {suggestions.length > 0 && (
          <>
            <Button
              needs="CREATOR"
              variant="primary"
              disabled={ids.length === 0}
              isPending={accept.isPending}
              onClick={() => void after(accept.run({ input: { sceneId, suggestions: ids.map((id) => ({ id })) } }))}
            >
              {`Accept ${ids.length}`}
            </Button>
            <Button
              needs="CREATOR"
              disabled={ids.length === 0}
              isPending={ignore.isPending}
              onClick={() => void after(ignore.run({ input: { sceneId, ids } }))}
            >
              {`Ignore ${ids.length}`}
            </Button>
          </>
        )}
        <Button
          needs="CREATOR"
          isPending={detect.isPending}
          onClick={() => void after(detect.run({ input: { sceneId } }))}
        >
          <ScanSearch aria-hidden />
          {suggestions.length > 0 ? "Ask again" : "Ask the language model"}
        </Button>
      </div>
      <div className="mt-2 empty:hidden">
        <FailureNotice failure={detect.failure ?? accept.failure ?? ignore.failure} />
      </div>
    </section>
  );
}
