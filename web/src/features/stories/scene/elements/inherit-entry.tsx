"use client";

import { assetKinds } from "#features/stories/asset-types.ts";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { CarryChoice } from "#gql/graphql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { StatusTags } from "#features/stories/status-tags.tsx";
import { Segments } from "#ui/segments.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const InheritEntryFields = graphql(`
  fragment InheritEntry on ContinuityDiffEntry {
    descriptionBefore
    descriptionAfter
    imageAfter {
      id
      ...PictureFields
    }
    prior {
      id
      statusTags
      image {
        id
        ...PictureFields
      }
    }
    projectAsset {
      id
      type
      name
      description
      image {
        id
        ...PictureFields
      }
    }
  }
`);

interface Props {
  entry: FragmentType<typeof InheritEntryFields>;
  /** There is a scene before, whose state can be carried or left. */
  hasPrior: boolean;
  choice: CarryChoice;
  onChoice: (choice: CarryChoice) => void;
}

/** One asset that would be inherited, as it would be after what is chosen. */
export function InheritEntry({ entry: source, hasPrior, choice, onChoice }: Props) {
  const entry = readFragment(InheritEntryFields, source);
  const { projectAsset, prior } = entry;
  const Icon = assetKinds[projectAsset.type].icon;
  const isCarried = choice === "CARRY";
  const image = isCarried ? (prior ? prior.image : entry.imageAfter) : projectAsset.image;
  const text = isCarried ? (entry.descriptionBefore ?? entry.descriptionAfter) : projectAsset.description;
  return (
    <li className="flex gap-3 py-3 max-sm:flex-wrap">
      {image ? (
        <Thumbnail picture={{ ...toPicture(image), name: projectAsset.name }} className="size-20 shrink-0" />
      ) : (
        <span className="grid size-20 shrink-0 place-items-center rounded-sm bg-sunken text-ink-3">
          <Icon aria-hidden className="size-6" strokeWidth={1.5} />
        </span>
      )}
      <div className="min-w-0 grow">
        <p className="font-medium">{projectAsset.name}</p>
        {choice === "SKIP" ? (
          <p className="text-ink-3">The scene is not given it.</p>
        ) : (
          <>
            <p className="line-clamp-3 text-ink-2">{text || "Not described"}</p>
            <StatusTags tags={prior?.statusTags ?? []} isGone={!isCarried} />
          </>
        )}
      </div>
      <Segments
        label={`What becomes of ${projectAsset.name}`}
        value={choice}
        onValueChange={onChoice}
        className="shrink-0 self-start"
        segments={
          hasPrior
            ? [
                { value: "CARRY", label: "Carry" },
                { value: "RESET", label: "Reset" },
                { value: "SKIP", label: "Leave out" },
              ]
            : [
                { value: "CARRY", label: "Take" },
                { value: "SKIP", label: "Leave out" },
              ]
        }
      />
    </li>
  );
}
