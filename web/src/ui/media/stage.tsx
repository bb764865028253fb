import type { RefObject } from "react";
import { ClipStage } from "#ui/media/clip-stage.tsx";
import { ZoomStage } from "#ui/media/zoom-stage.tsx";
import type { Picture } from "#ui/thumbnail.tsx";

interface StageProps {
  pictures: readonly Picture[];
  /** Where the keys of the controls count. */
  scope: RefObject<HTMLElement | null>;
}

/** One or a few files as large as there is room, with the controls of their kind. */
export function Stage({ pictures, scope }: StageProps) {
  const isEach = (kind: string) => pictures.every(({ mime }) => mime.startsWith(kind));
  if (isEach("video/")) return <ClipStage pictures={pictures} scope={scope} />;
  if (isEach("image/")) return <ZoomStage pictures={pictures} scope={scope} />;
  if (pictures.length > 1) {
    return (
      <div className="flex size-full min-h-0 gap-1 max-sm:flex-col">
        {pictures.map((picture) => (
          <div key={picture.id} className="min-h-0 min-w-0 grow basis-0">
            <Stage pictures={[picture]} scope={scope} />
          </div>
        ))}
      </div>
    );
  }
  return (
    <p className="grid h-full place-items-center p-4 text-ink-2">
      {pictures.map(({ mime }) => `No preview for ${mime}. Download it to look.`)}
    </p>
  );
}
