"use client";

import { ImagePlus, ImageUp, X } from "lucide-react";
import dynamic from "next/dynamic";
import { type ReactNode, useRef, useState } from "react";
import { type FragmentType } from "#gql/fragment-masking.ts";
import { cn } from "#lib/cn.ts";
import type { Failure } from "#lib/graphql/failure.ts";
import { FailureNotice } from "#lib/graphql/failure-notice.tsx";
import { type PictureFields, toPicture } from "#lib/graphql/picture.ts";
import { useUpload } from "#lib/graphql/use-upload.ts";
import { Button } from "#ui/button.tsx";
import { Dropzone } from "#ui/dropzone.tsx";
import { Lightbox } from "#ui/lightbox.tsx";
import { Progress } from "#ui/progress.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

const PictureChooser = dynamic(async () => (await import("#lib/graphql/pictures/picture-chooser.tsx")).PictureChooser);

interface Props {
  /** What the picture shows, for those who can't see it. */
  label: string;
  image: FragmentType<typeof PictureFields> | null;
  /** A class for its shape. */
  aspect: string;
  projectId: string;
  /** More that can be done about it. */
  actions?: ReactNode;
  /** @param imageId null takes the picture away */
  onChange: (imageId: string | null) => Promise<{ failure: Failure | null }>;
}

/** A picture of the project: large, replaced by a file or by another one of the project. */
export function PictureField({ label, image, aspect, projectId, actions, onChange }: Props) {
  const { upload, progress } = useUpload();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [isChoosing, setIsChoosing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const set = async (imageId: string | null) => setFailure((await onChange(imageId)).failure);
  const take = async ([file]: readonly File[]) => {
    if (!file) return;
    const uploaded = await upload(file, projectId);
    if (uploaded.picture) await set(uploaded.picture.id);
    else setFailure(uploaded.failure);
  };
  const picture = image ? toPicture(image) : null;
  const isWide = aspect === "aspect-video";
  return (
    <div className="flex flex-col gap-2">
      {picture ? (
        <button
          type="button"
          aria-label={`${label}, large view`}
          className="mx-auto block w-full rounded-sm transition-opacity hover:opacity-90"
          onClick={() => setIsOpen(true)}
        >
          <Thumbnail
            picture={{ ...picture, thumbnailUrl: picture.url, name: label }}
            className={cn(
              aspect,
              "mx-auto max-h-[46vh] max-w-full [&_img]:absolute [&_img]:inset-0 [&_img]:object-contain",
              isWide ? "w-full" : "h-[46vh]",
            )}
          />
        </button>
      ) : (
        <Dropzone
          needs="CREATOR"
          label="Drop a picture, or choose a file"
          accept="image/*"
          onFiles={(files) => void take(files)}
          className={cn(aspect, "mx-auto max-h-[46vh] max-w-full", isWide ? "w-full" : "h-[46vh] w-auto")}
        />
      )}
      {progress !== null && <Progress label="Upload" value={progress} />}
      <div className="flex flex-wrap items-center justify-center gap-1">
        {actions}
        <Button needs="CREATOR" size="sm" onClick={() => input.current?.click()}>
          <ImageUp aria-hidden />
          {picture ? "Replace" : "Upload"}
        </Button>
        <Button needs="CREATOR" size="sm" onClick={() => setIsChoosing(true)}>
          <ImagePlus aria-hidden />
          Choose
        </Button>
        {picture && (
          <Button needs="CREATOR" size="sm" variant="quiet" onClick={() => void set(null)}>
            <X aria-hidden />
            Take away
          </Button>
        )}
        <input
          ref={input}
          type="file"
          accept="image/*"
          tabIndex={-1}
          aria-hidden
          className="sr-only"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = "";
            void take(files);
          }}
        />
      </div>
      <FailureNotice failure={failure} />
      {picture && (
        <Lightbox pictures={[picture]} index={isOpen ? 0 : null} onIndexChange={(index) => setIsOpen(index !== null)} />
      )}
      {isChoosing && (
        <PictureChooser
          projectId={projectId}
          onClose={() => setIsChoosing(false)}
          onChoose={(id) => {
            setIsChoosing(false);
            void set(id);
          }}
        />
      )}
    </div>
  );
}
