"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { type FragmentType, readFragment } from "#gql/fragment-masking.ts";
import { graphql } from "#gql/gql.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { toPicture } from "#lib/graphql/picture.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { useUpload } from "#lib/graphql/use-upload.ts";
import { Dropzone } from "#ui/dropzone.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Lightbox } from "#ui/lightbox.tsx";
import { Panel } from "#ui/panel.tsx";
import { Progress } from "#ui/progress.tsx";
import { SortableItem, SortableList, withMoved } from "#ui/sortable.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const CharacterImagesFields = graphql(`
  fragment CharacterImages on Character {
    id
    project {
      id
    }
    images {
      id
      ...PictureFields
    }
  }
`);

const AddCharacterImages = graphql(`
  mutation AddCharacterImages($input: AddCharacterImagesInput!) {
    addCharacterImages(input: $input) {
      __typename
      ... on AddCharacterImagesPayload {
        character {
          id
          ...CharacterImages
        }
      }
      ...FailureFields
    }
  }
`);

const ReorderCharacterImages = graphql(`
  mutation ReorderCharacterImages($input: ReorderCharacterImagesInput!) {
    reorderCharacterImages(input: $input) {
      __typename
      ... on ReorderCharacterImagesPayload {
        character {
          id
          ...CharacterImages
        }
      }
      ...FailureFields
    }
  }
`);

const RemoveCharacterImages = graphql(`
  mutation RemoveCharacterImages($input: RemoveCharacterImagesInput!) {
    removeCharacterImages(input: $input) {
      __typename
      ... on RemoveCharacterImagesPayload {
        character {
          id
          ...CharacterImages
        }
      }
      ...FailureFields
    }
  }
`);

/** Reference pictures of a character, the most important first. */
export function CharacterImages(props: { character: FragmentType<typeof CharacterImagesFields> }) {
  const { id: characterId, project, images } = readFragment(CharacterImagesFields, props.character);
  const pictures = images.map((image) => toPicture(image));
  const [open, setOpen] = useState<number | null>(null);
  /** The order as it was just dragged, until the server has it. */
  const [dragged, setDragged] = useState<string[] | null>(null);
  const [uploadFailure, setUploadFailure] = useState<Failure | null>(null);
  const { upload, progress } = useUpload();
  const add = useAction(AddCharacterImages);
  const reorder = useAction(ReorderCharacterImages);
  const remove = useAction(RemoveCharacterImages);
  const ids = pictures.map(({ id }) => id);
  const shown = (dragged && dragged.length === ids.length ? dragged : ids).flatMap(
    (id) => pictures.find((picture) => picture.id === id) ?? [],
  );
  const take = async (files: File[]) => {
    setUploadFailure(null);
    const assetIds: string[] = [];
    for (const file of files) {
      const uploaded = await upload(file, project.id);
      if (uploaded.picture) assetIds.push(uploaded.picture.id);
      else setUploadFailure(uploaded.failure);
    }
    if (assetIds.length > 0) await add.run({ input: { characterId, assetIds } });
  };
  const move = async (from: number, to: number) => {
    const assetIds = withMoved(
      shown.map(({ id }) => id),
      from,
      to,
    );
    setDragged(assetIds);
    await reorder.run({ input: { characterId, assetIds } });
    setDragged(null);
  };
  return (
    <Panel title="Reference images">
      {shown.length > 0 && (
        <SortableList
          needs="CREATOR"
          label="Reference images"
          isGrid
          ids={shown.map(({ id }) => id)}
          nameOf={(id) => shown.find((picture) => picture.id === id)?.name ?? "the picture"}
          onMove={(from, to) => void move(from, to)}
          className="mb-2 grid grid-cols-[repeat(auto-fill,minmax(112px,1fr))] gap-1.5"
        >
          {shown.map((picture, index) => (
            <SortableItem
              key={picture.id}
              id={picture.id}
              name={picture.name}
              className="group relative"
              handleClassName="absolute top-1 left-1 bg-surface/80 text-ink"
            >
              <button type="button" onClick={() => setOpen(index)} className="block w-full rounded-sm">
                <Thumbnail picture={picture} className="aspect-square w-full" />
              </button>
              <IconButton
                needs="CREATOR"
                label={`Remove ${picture.name}`}
                size="iconSm"
                icon={<X />}
                className="absolute top-1 right-1 bg-surface/80 text-ink"
                onClick={() => void remove.run({ input: { characterId, assetIds: [picture.id] } })}
              />
            </SortableItem>
          ))}
        </SortableList>
      )}
      <Dropzone
        needs="CREATOR"
        label="Choose or drop pictures"
        accept="image/*"
        isMultiple
        onFiles={(files) => void take(files)}
        className="max-w-3xl"
      >
        {shown.length === 0 && (
          <span className="text-sm text-ink-3">Face, costume, posture: what takes should match</span>
        )}
      </Dropzone>
      {progress !== null && <Progress label="Upload" value={progress} />}
      <div className="mt-2 empty:hidden">
        <FailureNotice failure={uploadFailure ?? add.failure ?? reorder.failure ?? remove.failure} />
      </div>
      <Lightbox pictures={shown} index={open} onIndexChange={setOpen} />
    </Panel>
  );
}
