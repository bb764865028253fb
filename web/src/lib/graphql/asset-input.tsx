"use client";

import { X } from "lucide-react";
import { useState } from "react";
import type { Failure } from "#lib/graphql/failure.ts";
import { usePicture } from "#lib/graphql/use-picture.ts";
import { useUpload } from "#lib/graphql/use-upload.ts";
import { Dropzone } from "#ui/dropzone.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Progress } from "#ui/progress.tsx";
import { type Picture, Thumbnail } from "#ui/thumbnail.tsx";

const chooseLabels = {
  image: "Choose or drop an image",
  video: "Choose or drop a video",
  audio: "Choose or drop a sound",
} as const;

interface AssetInputProps {
  kind: "image" | "video" | "audio";
  /** The file that is chosen already. */
  assetId?: string;
  onAssetChange: (assetId: string | null) => void;
}

/** One file of a parameter, uploaded as soon as it is chosen. */
export function AssetInput({ kind, assetId = "", onAssetChange }: AssetInputProps) {
  const { upload, progress } = useUpload();
  const [uploaded, setUploaded] = useState<Picture | null>(null);
  const chosen = usePicture(assetId && assetId !== uploaded?.id ? assetId : null);
  const picture = chosen.picture ?? uploaded;
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = async ([file]: File[]) => {
    if (!file) return;
    setFailure(null);
    const result = await upload(file);
    setFailure(result.failure);
    if (!result.picture) return;
    setUploaded(result.picture);
    onAssetChange(result.picture.id);
  };
  if (picture) {
    return (
      <div className="flex items-center gap-2">
        <Thumbnail picture={picture} className="size-16" />
        <span className="min-w-0 grow truncate">{picture.name}</span>
        <IconButton
          label={`Remove ${picture.name}`}
          icon={<X />}
          onClick={() => {
            setUploaded(null);
            onAssetChange(null);
          }}
        />
      </div>
    );
  }
  return (
    <>
      <Dropzone needs="CREATOR" label={chooseLabels[kind]} accept={`${kind}/*`} onFiles={(files) => void take(files)} />
      {progress !== null && <Progress label="Upload" value={progress} />}
      {failure && (
        <p role="alert" className="text-sm text-bad">
          {failure.message}
        </p>
      )}
    </>
  );
}
