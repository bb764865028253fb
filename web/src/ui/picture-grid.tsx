"use client";

import { type ReactNode, useState } from "react";
import { cn } from "#lib/cn.ts";
import { Lightbox } from "#ui/lightbox.tsx";
import { type Picture, Thumbnail } from "#ui/thumbnail.tsx";

interface PictureGridProps {
  label: string;
  pictures: readonly Picture[];
  caption?: (picture: Picture) => ReactNode;
  className?: string;
}

/** Pictures in even tiles; a press opens the large view. */
export function PictureGrid({ label, pictures, caption, className }: PictureGridProps) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <ul
        aria-label={label}
        className={cn("grid grid-cols-[repeat(auto-fill,minmax(min(180px,45%),1fr))] gap-1.5", className)}
      >
        {pictures.map((picture, index) => (
          <li key={picture.id}>
            <button
              type="button"
              className="block w-full rounded-sm transition-opacity hover:opacity-85"
              onClick={() => setOpen(index)}
            >
              <Thumbnail picture={picture} className="aspect-square w-full" />
            </button>
          </li>
        ))}
      </ul>
      <Lightbox pictures={pictures} index={open} onIndexChange={setOpen} {...(caption && { caption })} />
    </>
  );
}
