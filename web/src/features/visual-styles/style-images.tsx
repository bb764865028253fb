"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { UpdateVisualStyle } from "#features/visual-styles/style-operations.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { useAction } from "#lib/graphql/use-action.ts";
import { useUpload } from "#lib/graphql/use-upload.ts";
import { Dropzone } from "#ui/dropzone.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Lightbox } from "#ui/lightbox.tsx";
import { Progress } from "#ui/progress.tsx";
import { SortableItem, SortableList, withMoved } from "#ui/sortable.tsx";
import { type Picture, Thumbnail } from "#ui/thumbnail.tsx";

const limit = 20;

interface Props {
  styleId: string;
  projectId: string;
  pictures: readonly Picture[];
  isLocked: boolean;
}

/** Reference pictures of a style, the most important first; every change is saved at once. */
export function StyleImages({ styleId, projectId, pictures, isLocked }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  /** The order as it was just dragged, until the server has it. */
  const [dragged, setDragged] = useState<string[] | null>(null);
  const [uploadFailure, setUploadFailure] = useState<Failure | null>(null);
  const { upload, progress } = useUpload();
  const { run, failure } = useAction(UpdateVisualStyle);
  const ids = pictures.map(({ id }) => id);
  const shown = (dragged && dragged.length === ids.length ? dragged : ids).flatMap(
    (id) => pictures.find((picture) => picture.id === id) ?? [],
  );
  const set = (imageIds: string[]) => run({ input: { id: styleId, imageIds } });
  const take = async (files: File[]) => {
    setUploadFailure(null);
    const added: string[] = [];
    for (const file of files) {
      const uploaded = await upload(file, projectId);
      if (uploaded.picture) added.push(uploaded.picture.id);
      else setUploadFailure(uploaded.failure);
    }
    if (added.length > 0) await set([...ids, ...added]);
  };
  const move = async (from: number, to: number) => {
    const next = withMoved(
      shown.map(({ id }) => id),
      from,
      to,
    );
    setDragged(next);
    await set(next);
    setDragged(null);
  };
  return (
    <section aria-label="Reference pictures">
      <h3 className="mb-1 font-medium text-ink-2">Reference pictures</h3>
      {shown.length > 0 && (
        <SortableList
          label="Reference pictures"
          isGrid
          isDisabled={isLocked}
          ids={shown.map(({ id }) => id)}
          nameOf={(id) => shown.find((picture) => picture.id === id)?.name ?? "the picture"}
          onMove={(from, to) => void move(from, to)}
          className="mb-2 grid grid-cols-[repeat(auto-fill,minmax(180px,1fr))] gap-2"
        >
          {shown.map((picture, index) => (
            <SortableItem
              key={picture.id}
              id={picture.id}
              name={picture.name}
              isDisabled={isLocked}
              className="group relative"
              handleClassName={isLocked ? "hidden" : "absolute top-1 left-1 z-10 bg-surface/80 text-ink"}
            >
              <button type="button" onClick={() => setOpen(index)} className="block w-full rounded-sm">
                <Thumbnail picture={picture} className="aspect-video w-full" />
              </button>
              {!isLocked && (
                <IconButton
                  needs="CREATOR"
                  label={`Remove ${picture.name}`}
                  size="iconSm"
                  icon={<X />}
                  className="absolute top-1 right-1 bg-surface/80 text-ink"
                  onClick={() => void set(ids.filter((id) => id !== picture.id))}
                />
              )}
            </SortableItem>
          ))}
        </SortableList>
      )}
      {isLocked
        ? shown.length === 0 && <p className="text-ink-3">None</p>
        : shown.length < limit && (
            <Dropzone
              needs="CREATOR"
              label="Choose or drop pictures"
              accept="image/*"
              isMultiple
              onFiles={(files) => void take(files)}
              className="max-w-3xl"
            />
          )}
      {progress !== null && <Progress label="Upload" value={progress} />}
      <div className="mt-2 empty:hidden">
        <FailureNotice failure={uploadFailure ?? failure} />
      </div>
      <Lightbox pictures={shown} index={open} onIndexChange={setOpen} />
    </section>
  );
}
