import { Check, Maximize2 } from "lucide-react";
import type { ExecutionSceneRowFragment } from "#gql/graphql.ts";
import { cn } from "#lib/cn.ts";
import { sentence } from "#lib/format.ts";
import { toPicture } from "#lib/graphql/picture.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { StatusIcon } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

interface Props {
  image: ExecutionSceneRowFragment["images"][number];
  scene: ExecutionSceneRowFragment;
  aspect: number;
  isChosen: boolean;
  /** The tab key comes to it; the arrows go on from there. */
  isEntry: boolean;
  canChoose: boolean;
  onChoose: () => void;
  onOpen: () => void;
}

/** An image of a scene: a press chooses it, or shows it large where nothing is to be chosen. */
export function VariantTile(props: Props) {
  const { image, scene, aspect, isChosen, isEntry, canChoose, onChoose, onOpen } = props;
  const { id, variant, asset } = image;
  const name = `Image ${variant + 1} of ${scene.title}`;
  const status = scene.status === "DONE" ? "PENDING" : scene.status;
  return (
    <div className="relative">
      <button
        type="button"
        data-scene={scene.id}
        data-variant={variant}
        data-image={asset ? id : undefined}
        tabIndex={isEntry ? 0 : -1}
        aria-label={asset ? name : `${name}, ${sentence(status).toLowerCase()}`}
        aria-disabled={!asset}
        {...(canChoose && { "aria-pressed": isChosen })}
        onClick={() => asset && (canChoose ? onChoose() : onOpen())}
        style={{ aspectRatio: aspect }}
        className={cn(
          "relative block w-full overflow-hidden rounded-sm bg-sunken outline-offset-2 transition-opacity",
          asset && !isChosen && "hover:opacity-85",
          isChosen && "ring-2 ring-accent",
        )}
      >
        {asset ? (
          <Thumbnail picture={{ ...toPicture(asset), name: "" }} className="size-full" />
        ) : (
          <span className="grid size-full place-items-center text-ink-3">
            <StatusIcon
              status={status}
              className={cn("size-6", status === "GENERATING" && "text-accent-ink motion-safe:animate-pulse")}
            />
          </span>
        )}
      </button>
      {isChosen && (
        <span
          aria-hidden={canChoose}
          className="pointer-events-none absolute bottom-0 left-0 flex items-center gap-1 rounded-tr-sm bg-accent px-2 py-0.5 font-medium text-on-accent"
        >
          <Check aria-hidden className="size-4" />
          Chosen
        </span>
      )}
      {asset && canChoose && (
        <IconButton
          label={`Large view of image ${variant + 1} of ${scene.title}`}
          size="iconSm"
          icon={<Maximize2 />}
          tabIndex={-1}
          onClick={onOpen}
          className="absolute top-1.5 right-1.5 bg-black/60 text-white hover:bg-black/80 hover:text-white"
        />
      )}
    </div>
  );
}
