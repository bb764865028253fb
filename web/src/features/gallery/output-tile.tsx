import { Check, Star } from "lucide-react";
import { memo } from "react";
import type { Output } from "#features/gallery/output-page.tsx";
import { cn } from "#lib/cn.ts";
import { sentence } from "#lib/format.ts";
import { StatusIcon } from "#ui/status-badge.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

interface Props {
  output: Output;
  /** Width and height in pixels. */
  size: number;
  /** The one that Tab goes to. */
  isCurrent: boolean;
  isSelected: boolean;
  onFocus: () => void;
  onOpen: () => void;
  onSelect: () => void;
}

/** An output in the grid: opens at a press, is marked to be compared with X or at its corner. */
export const OutputTile = memo(
  function OutputTile({ output, size, isCurrent, isSelected, onFocus, onOpen, onSelect }: Props) {
    const { take } = output;
    return (
      <div className="group/tile relative shrink-0" style={{ width: size, height: size }}>
        <button
          type="button"
          data-output={output.id}
          tabIndex={isCurrent ? 0 : -1}
          aria-keyshortcuts="Enter X"
          onFocus={onFocus}
          onClick={onOpen}
          className={cn(
            "block size-full rounded-sm transition-opacity hover:opacity-85 focus-visible:-outline-offset-2",
            isSelected && "outline-2 -outline-offset-2 outline-accent",
          )}
        >
          <Thumbnail picture={output} className="size-full" />
          {isSelected && <span className="sr-only">, marked to be compared</span>}
          {take && (
            <span className="absolute bottom-1 left-1 flex items-center gap-1 rounded-sm bg-black/70 px-1 text-sm text-white">
              <StatusIcon status={take.status} className="size-3.5" />
              <span className="sr-only">, take: </span>
              {take.status !== "REVIEW" && sentence(take.status)}
              {take.rating != null && (
                <>
                  <Star aria-hidden className="size-3 fill-current" />
                  {take.rating}
                  <span className="sr-only"> stars</span>
                </>
              )}
            </span>
          )}
        </button>
        <button
          type="button"
          tabIndex={-1}
          aria-pressed={isSelected}
          aria-label={`Mark ${output.name} to be compared`}
          onClick={onSelect}
          className={cn(
            "absolute top-1 left-1 grid size-6 place-items-center rounded-sm border border-white/70 bg-black/60 text-white transition-opacity",
            isSelected
              ? "bg-accent text-on-accent"
              : "opacity-0 group-hover/tile:opacity-100 focus-visible:opacity-100",
            "[@media(hover:none)]:opacity-100",
          )}
        >
          {isSelected && <Check aria-hidden className="size-4" strokeWidth={3} />}
        </button>
      </div>
    );
  },
  (a, b) => a.output === b.output && a.size === b.size && a.isCurrent === b.isCurrent && a.isSelected === b.isSelected,
);
