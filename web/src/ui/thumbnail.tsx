import { Film, ImageOff } from "lucide-react";
import { cn } from "#lib/cn.ts";
import { usePictureFailure } from "#ui/picture-failure.ts";

export interface Picture {
  id: string;
  name: string;
  mime: string;
  url: string;
  thumbnailUrl: string | null;
  width: number | null;
  height: number | null;
  /** Frames in a second of a clip that tells. */
  fps: number | null;
}

/** A small picture in a fixed frame, so that nothing moves when it arrives. */
export function Thumbnail({ picture, className }: { picture: Picture; className?: string }) {
  const isVideo = picture.mime.startsWith("video/");
  const Missing = isVideo ? Film : ImageOff;
  const source = picture.thumbnailUrl ?? (picture.mime.startsWith("image/") ? picture.url : null);
  const { hasFailed, onError } = usePictureFailure(source);
  return (
    <span className={cn("relative grid place-items-center overflow-hidden rounded-sm bg-sunken", className)}>
      {source && !hasFailed ? (
        <img
          src={source}
          alt={picture.name}
          loading="lazy"
          decoding="async"
          onError={onError}
          className="size-full object-cover"
        />
      ) : (
        <Missing role="img" aria-label={picture.name} className="size-5 text-ink-3" />
      )}
      {isVideo && source && !hasFailed && (
        <Film aria-hidden className="absolute right-1 bottom-1 size-4 rounded-sm bg-black/70 p-0.5 text-white" />
      )}
    </span>
  );
}
