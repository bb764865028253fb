"use client";

import { Sparkles } from "lucide-react";
import { assetKinds } from "#features/stories/asset-types.ts";
import { OriginBadge, ReviewBadge } from "#features/stories/review-badges.tsx";
import { StatusTags } from "#features/stories/status-tags.tsx";
import { graphql } from "#gql/gql.ts";
import type { ElementRowFragment } from "#gql/graphql.ts";
import { cn } from "#lib/cn.ts";
import { formatPercent } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Badge } from "#ui/badge.tsx";
import { RowCheckbox } from "#ui/checkbox.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

export const ElementRowFields = graphql(`
  fragment ElementRow on SceneAsset {
    id
    statusTags
    isLocked
    reviewStatus
    inheritedFromNumber
    generation {
      id
      status
      progress
    }
    image {
      id
      ...PictureFields
    }
    projectAsset {
      id
      type
      name
    }
  }
`);

interface Props {
  element: ElementRowFragment;
  isCurrent: boolean;
  isSelected: boolean;
  onSelect: (isSelected: boolean, isRange: boolean) => void;
  onChoose: () => void;
}

/** An asset of a scene: its picture, how far it was looked at, and where its state comes from. */
export function ElementRow({ element, isCurrent, isSelected, onSelect, onChoose }: Props) {
  const { image, projectAsset, statusTags, reviewStatus, inheritedFromNumber } = element;
  const Icon = assetKinds[projectAsset.type].icon;
  const isMade = element.generation?.status === "PENDING" || element.generation?.status === "GENERATING";
  return (
    <li
      className={cn(
        "flex items-start gap-2 border-l-2 border-transparent py-1.5 pr-1 pl-1.5",
        isCurrent && "lg:border-accent lg:bg-hover",
      )}
    >
      <span className="pt-5">
        <RowCheckbox label={`Select ${projectAsset.name}`} checked={isSelected} onCheckedChange={onSelect} />
      </span>
      <button
        type="button"
        aria-current={isCurrent}
        onClick={onChoose}
        className="group flex min-w-0 grow items-start gap-2.5 text-left"
      >
        {image ? (
          <Thumbnail picture={{ ...toPicture(image), name: "" }} className="size-16 shrink-0" />
        ) : (
          <span className="grid size-16 shrink-0 place-items-center rounded-sm border border-dashed text-ink-3">
            <Icon aria-hidden className="size-5" strokeWidth={1.5} />
          </span>
        )}
        <span className="min-w-0">
          <span className="block truncate font-medium group-hover:text-accent-ink">{projectAsset.name}</span>
          <span className="mt-0.5 flex flex-wrap gap-1">
            {isMade ? (
              <Badge tone="live">
                <Sparkles aria-hidden />
                {element.generation?.status === "PENDING"
                  ? "Waiting"
                  : formatPercent(element.generation?.progress ?? 0)}
              </Badge>
            ) : (
              <ReviewBadge status={reviewStatus} />
            )}
            <OriginBadge sceneNumber={inheritedFromNumber} />
          </span>
          <StatusTags tags={statusTags} />
        </span>
      </button>
    </li>
  );
}
