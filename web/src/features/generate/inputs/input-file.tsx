"use client";

import { RotateCcw, X } from "lucide-react";
import type { UploadState } from "#features/generate/inputs/use-uploads.ts";
import type { DroppedFile } from "#features/generate/workspaces/workspace.ts";
import { usePicture } from "#lib/graphql/use-picture.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Progress } from "#ui/progress.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

interface InputFileProps {
  file: DroppedFile;
  upload: UploadState | undefined;
  /** What stands against it. */
  problem: string | undefined;
  onRemove: () => void;
  onRetry: () => void;
}

/** One dropped file with its thumbnail, on its way or there. */
export function InputFile({ file, upload, problem, onRemove, onRetry }: InputFileProps) {
  const isUploading = !file.assetId && !upload?.failure;
  return (
    <li className="min-w-0">
      <div className="relative aspect-square rounded-sm bg-sunken">
        <FileThumbnail file={file} upload={upload} className="size-full" />
        <span className="absolute top-1 right-1 rounded-md bg-surface">
          <IconButton label={`Remove ${file.name}`} size="iconSm" icon={<X />} onClick={onRemove} />
        </span>
        {upload?.failure && (
          <div className="absolute inset-0 grid place-items-center p-1 text-center text-sm text-bad" role="alert">
            <span className="line-clamp-3">{upload.failure.message}</span>
            <Button size="sm" onClick={onRetry}>
              <RotateCcw aria-hidden />
              Again
            </Button>
          </div>
        )}
      </div>
      {isUploading && <Progress label={`Upload of ${file.name}`} value={upload?.progress ?? 0} />}
      <p className="truncate text-sm text-ink-2" title={file.name}>
        {file.name}
      </p>
      {problem && <p className="text-sm text-bad">{problem}</p>}
    </li>
  );
}

interface FileThumbnailProps {
  file: DroppedFile;
  upload: UploadState | undefined;
  className: string;
}

/** The picture as it was uploaded, or of an earlier visit. */
export function FileThumbnail({ file, upload, className }: FileThumbnailProps) {
  const { picture, isGone } = usePicture(upload?.picture ? null : file.assetId);
  const shown = upload?.picture ?? picture;
  if (shown) return <Thumbnail picture={shown} className={className} />;
  if (isGone)
    return <span className="grid size-full place-items-center p-1 text-center text-sm text-bad">Removed</span>;
  return null;
}
