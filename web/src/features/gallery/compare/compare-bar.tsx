"use client";

import { Columns2, X } from "lucide-react";
import type { Output } from "#features/gallery/output-page.tsx";
import { compareHref, type Marked } from "#features/gallery/compare/use-marked.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Link } from "#ui/link.tsx";
import { Thumbnail } from "#ui/thumbnail.tsx";

/** What is marked, and the way to see it side by side. */
export function CompareBar({ marked, outputs }: { marked: Marked; outputs: readonly Output[] }) {
  if (marked.ids.length === 0) return null;
  const pictures = marked.ids.flatMap((id) => outputs.find((output) => output.id === id) ?? []);
  return (
    <div
      role="toolbar"
      aria-label="Marked outputs"
      className="sticky bottom-8 z-10 -mx-3 flex flex-wrap items-center gap-2 border-t bg-bg px-3 py-2 max-md:bottom-14 sm:-mx-6 sm:px-6"
    >
      {pictures.map((picture) => (
        <Thumbnail key={picture.id} picture={picture} className="size-9" />
      ))}
      <p role="status" className="grow text-accent-ink">
        {marked.ids.length === 1 ? "1 marked. Mark another to compare them." : "2 marked"}
      </p>
      {marked.ids.length === 2 && (
        <Button asChild variant="primary">
          <Link href={compareHref(marked.ids)}>
            <Columns2 aria-hidden />
            Compare
          </Link>
        </Button>
      )}
      <IconButton label="Take the marks away" icon={<X />} onClick={marked.clear} />
    </div>
  );
}
