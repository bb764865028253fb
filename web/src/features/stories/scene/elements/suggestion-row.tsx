"use client";

import { assetKinds } from "#features/stories/asset-types.ts";
import { StatusTags } from "#features/stories/status-tags.tsx";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { Badge } from "#ui/badge.tsx";
import { RowCheckbox } from "#ui/checkbox.tsx";

const SuggestionRowFields = graphql(`
  fragment SuggestionRow on SceneAssetSuggestion {
    id
    type
    name
    reason
    description
    statusTags
    projectAsset {
      id
    }
  }
`);

interface Props {
  suggestion: FragmentType<typeof SuggestionRowFields>;
  isWanted: boolean;
  onWantedChange: (isWanted: boolean) => void;
}

/** A suggested asset, and why the scene needs it. */
export function SuggestionRow({ suggestion, isWanted, onWantedChange }: Props) {
  const { type, name, reason, description, statusTags, projectAsset } = readFragment(SuggestionRowFields, suggestion);
  const { icon: Icon, one } = assetKinds[type];
  return (
    <li className="flex items-start gap-3 py-2">
      <Icon role="img" aria-label={one} className="mt-0.5 size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {!projectAsset && <Badge tone="warn">Suggested, not in the project</Badge>}
        </p>
        <p className="text-ink-2">{reason}</p>
        {description && <p className="text-ink-3">{description}</p>}
        <StatusTags tags={statusTags} />
      </div>
      <RowCheckbox label={`Take ${name}`} checked={isWanted} onCheckedChange={onWantedChange} />
    </li>
  );
}
