"use client";

import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, type ReactNode } from "react";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { openFocus } from "#ui/open-focus.ts";
import { usePictureFailure } from "#ui/picture-failure.ts";
import type { Picture } from "#ui/thumbnail.tsx";

interface LightboxProps {
  pictures: readonly Picture[];
  /** Which one is open; null closes. */
  index: number | null;
  onIndexChange: (index: number | null) => void;
  /** Facts and links about the open picture. */
  caption?: (picture: Picture) => ReactNode;
}

/** One picture as large as the window: arrow keys step, Escape closes. */
export function Lightbox({ pictures, index, onIndexChange, caption }: LightboxProps) {
  const picture = index === null ? undefined : pictures[index];
  const step = (by: number) => {
    if (index === null) return;
    const next = index + by;
    if (next >= 0 && next < pictures.length) onIndexChange(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLVideoElement) return;
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
    if (event.key === "Home") onIndexChange(0);
    if (event.key === "End") onIndexChange(pictures.length - 1);
  };
  return (
    <Radix.Root open={Boolean(picture)} onOpenChange={(isOpen) => !isOpen && onIndexChange(null)}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-sunken" />
        <Radix.Content
          tabIndex={-1}
          onOpenAutoFocus={openFocus}
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          className="fixed inset-0 z-40 flex flex-col outline-none"
        >
          {picture && index !== null && (
            <>
              <header className="flex items-center gap-2 px-3 py-2">
                <Radix.Title className="min-w-0 grow truncate text-base font-medium">{picture.name}</Radix.Title>
                <span className="text-ink-2">{`${index + 1} of ${pictures.length}`}</span>
                <Button asChild variant="quiet" size="icon">
                  <a href={picture.url} download={picture.name} aria-label="Download">
                    <Download aria-hidden />
                  </a>
                </Button>
                <Radix.Close asChild>
                  <IconButton label="Close" icon={<X />} />
                </Radix.Close>
              </header>
              <div className="flex min-h-0 grow items-center gap-1 px-1">
                <IconButton label="Previous" icon={<ChevronLeft />} disabled={index === 0} onClick={() => step(-1)} />
                <div className="grid h-full min-w-0 grow place-items-center">
                  <FullSize key={picture.id} picture={picture} />
                </div>
                <IconButton
                  label="Next"
                  icon={<ChevronRight />}
                  disabled={index === pictures.length - 1}
                  onClick={() => step(1)}
                />
              </div>
              <footer className="flex min-h-10 flex-wrap items-center justify-center gap-x-4 gap-y-1 px-3 py-2 text-ink-2">
                {picture.width && picture.height && <span>{`${picture.width} × ${picture.height}`}</span>}
                {caption?.(picture)}
              </footer>
            </>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function FullSize({ picture }: { picture: Picture }) {
  const look = "h-[calc(100dvh-112px)] w-full object-contain";
  const { hasFailed, onError } = usePictureFailure(picture.url);
  if (hasFailed) return <p className="text-ink-2">{`${picture.name} could not be loaded.`}</p>;
  if (picture.mime.startsWith("video/")) {
    return (
      <video
        src={picture.url}
        poster={picture.thumbnailUrl ?? undefined}
        controls
        loop
        autoPlay
        muted
        onError={onError}
        className={look}
      />
    );
  }
  if (!picture.mime.startsWith("image/"))
    return <p className="text-ink-2">{`No preview for ${picture.mime}. Download it to look.`}</p>;
  return <img src={picture.url} alt={picture.name} onError={onError} className={look} />;
}
