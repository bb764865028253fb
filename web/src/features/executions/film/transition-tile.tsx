import type { FragmentType } from "#gql/fragment-masking.ts";
import type { ExecutionPartStatus } from "#gql/graphql.ts";
import { cn } from "#lib/cn.ts";
import { formatSeconds, sentence } from "#lib/format.ts";
import { type PictureFields, toPicture } from "#lib/graphql/picture.ts";
import { StatusIcon } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

type Image = FragmentType<typeof PictureFields> | null;
interface End {
  title: string;
  /** What is chosen of the scene, once it is there. */
  image: Image;
}

interface Props {
  transition: {
    id: string;
    order: number;
    status: ExecutionPartStatus;
    durationSecs?: number | null;
    asset?: Image | undefined;
  };
  from: End;
  to: End;
  onOpen: () => void;
}

/** A clip once it is there; until then the two images that it goes between. */
export function TransitionTile({ transition, from, to, onOpen }: Props) {
  const { id, order, status, durationSecs, asset } = transition;
  const isMade = status === "DONE";
  const look = isMade ? "SUCCEEDED" : status;
  const words = isMade ? (durationSecs == null ? "Done" : formatSeconds(durationSecs)) : sentence(status);
  return (
    <li className="flex w-56 shrink-0 flex-col gap-1">
      <button
        type="button"
        data-clip={id}
        aria-label={`${from.title} to ${to.title}, ${words}${asset ? ", play the clip" : ""}`}
        aria-disabled={!asset}
        onClick={() => asset && onOpen()}
        className={cn(
          "relative flex aspect-video w-full overflow-hidden rounded-sm bg-sunken outline-offset-1",
          asset && "transition-opacity hover:opacity-85",
        )}
      >
        {asset ? (
          <Thumbnail picture={{ ...toPicture(asset), name: "" }} className="size-full" />
        ) : (
          [from, to].map(({ title, image }, side) => (
            <span key={`${side} ${title}`} className="h-full w-1/2">
              {image && <Thumbnail picture={{ ...toPicture(image), name: "" }} className="size-full opacity-40" />}
            </span>
          ))
        )}
        {!isMade && (
          <span className="absolute inset-0 grid place-items-center">
            <span className="rounded-full bg-raised p-1.5 text-ink-2">
              <StatusIcon
                status={look}
                className={cn("size-5", status === "GENERATING" && "text-accent-ink motion-safe:animate-pulse")}
              />
            </span>
          </span>
        )}
      </button>
      <p className="flex items-center gap-1.5 text-ink-2">
        <StatusIcon status={look} className="size-3.5 shrink-0 text-ink-3" />
        <span className="min-w-0 grow truncate" title={`${from.title} to ${to.title}`}>
          {`${order + 1} → ${order + 2}`}
        </span>
        <span>{words}</span>
      </p>
    </li>
  );
}
