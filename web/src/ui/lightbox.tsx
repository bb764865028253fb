"use client";

import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, type TouchEvent, useEffect, useRef } from "react";
import { useShortcuts } from "#lib/hooks/use-shortcuts.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Stage } from "#ui/media/stage.tsx";
import { openFocus } from "#ui/open-focus.ts";
import type { Picture } from "#ui/thumbnail.tsx";

interface LightboxProps {
  pictures: readonly Picture[];
  /** Which one is open; null closes. */
  index: number | null;
  onIndexChange: (index: number | null) => void;
  /** How many there are, where more are to come than are here. */
  total?: number;
  /** Facts and links about the open picture. */
  caption?: (picture: Picture) => ReactNode;
  /** Buttons beside that for the download. */
  actions?: (picture: Picture) => ReactNode;
  /** A panel beside the picture. */
  aside?: (picture: Picture) => ReactNode;
  /** More keys, as useShortcuts takes them. */
  shortcuts?: Readonly<Record<string, () => void>>;
  /** Gives the focus to the place of the picture that was open last; false: there is none. */
  focusPlace?: (id: string) => boolean;
}

/** One picture as large as the window: arrow keys step, Escape closes. */
export function Lightbox(props: LightboxProps) {
  const { pictures, index, onIndexChange, focusPlace } = props;
  const picture = index === null ? undefined : pictures[index];
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (picture) last.current = picture.id;
  }, [picture]);
  return (
    <Radix.Root open={Boolean(picture)} onOpenChange={(isOpen) => !isOpen && onIndexChange(null)}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-sunken" />
        <Radix.Content
          tabIndex={-1}
          onOpenAutoFocus={openFocus}
          onCloseAutoFocus={(event) => {
            if (last.current !== null && focusPlace?.(last.current)) event.preventDefault();
          }}
          aria-describedby={undefined}
          className="fixed inset-0 z-40 flex flex-col outline-none"
        >
          {picture && index !== null && <Opened {...props} picture={picture} index={index} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Opened(props: LightboxProps & { picture: Picture; index: number }) {
  const { pictures, picture, index, onIndexChange, total, caption, actions, aside, shortcuts } = props;
  const count = Math.max(total ?? 0, pictures.length);
  const ref = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLElement | null>(null);
  useEffect(() => {
    content.current = ref.current?.closest<HTMLElement>("[role=dialog]") ?? null;
  }, []);
  const step = (by: number) => {
    const next = index + by;
    if (next >= 0 && next < pictures.length) onIndexChange(next);
  };
  useShortcuts(content, {
    ArrowLeft: ({ target }) => !pans(target) && step(-1),
    ArrowRight: ({ target }) => !pans(target) && step(1),
    Home: () => onIndexChange(0),
    End: () => onIndexChange(pictures.length - 1),
    ...shortcuts,
  });
  const swipe = useSwipe((by) => step(by));
  const panel = aside?.(picture);
  return (
    <div ref={ref} className="flex min-h-0 grow flex-col">
      <header className="flex items-center gap-1 px-3 py-2">
        <Radix.Title className="min-w-0 grow truncate text-base font-medium">{picture.name}</Radix.Title>
        <span className="mr-1 shrink-0 text-ink-2">{`${index + 1} of ${count.toLocaleString("en")}`}</span>
        {actions?.(picture)}
        <Button asChild variant="quiet" size="icon">
          <a href={picture.url} download={picture.name} aria-label="Download">
            <Download aria-hidden />
          </a>
        </Button>
        <Radix.Close asChild>
          <IconButton label="Close" icon={<X />} />
        </Radix.Close>
      </header>
      <div className="flex min-h-0 grow max-lg:flex-col">
        <div className="flex min-h-0 min-w-0 grow flex-col">
          <div className="flex min-h-0 grow items-center gap-1 px-1">
            <IconButton label="Previous" icon={<ChevronLeft />} disabled={index === 0} onClick={() => step(-1)} />
            <div className="h-full min-w-0 grow" {...swipe}>
              <Stage key={picture.id} pictures={[picture]} scope={content} />
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
        </div>
        {panel && (
          <aside
            aria-label="About this file"
            tabIndex={0}
            className="shrink-0 overflow-y-auto border-line-strong bg-surface p-4 focus-visible:-outline-offset-2 max-lg:max-h-[45dvh] max-lg:border-t lg:w-[380px] lg:border-l"
          >
            {panel}
          </aside>
        )}
      </div>
    </div>
  );
}

/** Less than that is a press, or a hand that shakes. */
const swipePixels = 50;

/** A finger that goes across steps; where it moves the picture or the scrub bar it does not. */
function useSwipe(step: (by: 1 | -1) => void) {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: ({ touches, target }: TouchEvent) => {
      const first = touches.item(0);
      from.current = first && touches.length === 1 && !pans(target) ? { x: first.clientX, y: first.clientY } : null;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const last = changedTouches.item(0);
      if (!from.current || !last) return;
      const [across, down] = [last.clientX - from.current.x, last.clientY - from.current.y];
      from.current = null;
      if (Math.abs(across) > swipePixels && Math.abs(across) > 2 * Math.abs(down)) step(across < 0 ? 1 : -1);
    },
  };
}

/** At full size the arrow keys move the picture; on the scrub bar they search the clip. */
function pans(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[role=region], input[type=range]") !== null;
}
