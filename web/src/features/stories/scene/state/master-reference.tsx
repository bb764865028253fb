"use client";

import { Star } from "lucide-react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { Button } from "#ui/button.tsx";
import { PictureGrid } from "#ui/picture-grid.tsx";

const MasterReferenceFields = graphql(`
  fragment MasterReference on ProjectAsset {
    id
    name
    description
    image {
      id
      ...PictureFields
    }
  }
`);

interface Props {
  asset: FragmentType<typeof MasterReferenceFields>;
  onTake: (imageId: string) => void;
}

/** How the project has the asset, to compare with. */
export function MasterReference({ asset, onTake }: Props) {
  const { name, description, image } = readFragment(MasterReferenceFields, asset);
  return (
    <section aria-label="Master" className="flex gap-4 border-t pt-4 max-sm:flex-col">
      {image && (
        <PictureGrid
          label={`Master picture of ${name}`}
          pictures={[toPicture(image)]}
          className="w-32 shrink-0 grid-cols-1"
        />
      )}
      <div className="min-w-0">
        <h3 className="flex items-center gap-1.5 font-medium text-ink-2">
          <Star aria-hidden className="size-4" />
          Master
        </h3>
        <p className="mt-1 max-w-prose whitespace-pre-wrap text-ink-2">{description || "Not described yet."}</p>
        {image ? (
          <Button needs="CREATOR" size="sm" className="mt-2" onClick={() => onTake(image.id)}>
            Take its picture
          </Button>
        ) : (
          <p className="text-ink-3">It has no reference picture.</p>
        )}
      </div>
    </section>
  );
}
