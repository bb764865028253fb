"use client";

import { Scan, ZoomIn } from "lucide-react";
import { type MouseEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { cn } from "#lib/cn.ts";
import { useShortcuts } from "#lib/hooks/use-shortcuts.ts";
import { Button } from "#ui/button.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { usePictureFailure } from "#ui/picture-failure.ts";
import type { Picture } from "#ui/thumbnail.tsx";

/** Where one looks at, from 0 (left, top) to 1. */
interface Point {
  x: number;
  y: number;
}

const middle: Point = { x: 0.5, y: 0.5 };

/** Pictures side by side, whole or at one point of the screen for each of theirs; zoom and place are the same for all. */
export function ZoomStage({ pictures, scope }: { pictures: readonly Picture[]; scope: RefObject<HTMLElement | null> }) {
  const [isActual, setIsActual] = useState(false);
  const boxes = useRef(new Map<string, HTMLDivElement>());
  const at = useRef(middle);
  /** What is scrolled by us is not passed on again. */
  const followers = useRef(new Set<Element>());
  const toggle = (point = middle) => {
    at.current = point;
    setIsActual(!isActual);
  };
  useLayoutEffect(() => {
    if (!isActual) return;
    boxes.current.forEach((box) => lookAt(box, at.current) && followers.current.add(box));
  }, [isActual]);
  useShortcuts(scope, { z: () => toggle() });
  const onScroll = (id: string, box: HTMLElement) => {
    if (followers.current.delete(box)) return;
    at.current = {
      x: (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth,
      y: (box.scrollTop + box.clientHeight / 2) / box.scrollHeight,
    };
    boxes.current.forEach((other, key) => key !== id && lookAt(other, at.current) && followers.current.add(other));
  };
  const onPress = ({ currentTarget, clientX, clientY }: MouseEvent<HTMLImageElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    toggle({ x: (clientX - left) / width, y: (clientY - top) / height });
  };
  return (
    <div className="flex size-full min-h-0 flex-col">
      <div className="flex min-h-0 grow gap-1 max-sm:flex-col">
        {pictures.map((picture) => (
          <div
            key={picture.id}
            ref={(box) => {
              if (box) boxes.current.set(picture.id, box);
              return () => void boxes.current.delete(picture.id);
            }}
            onScroll={({ currentTarget }) => onScroll(picture.id, currentTarget)}
            {...(isActual && { tabIndex: 0, role: "region", "aria-label": `${picture.name}, at full size` })}
            className={cn(
              "min-h-0 min-w-0 grow basis-0",
              isActual ? "grid place-content-[safe_center] overflow-auto" : "overflow-hidden",
            )}
          >
            <Still picture={picture} isActual={isActual} onPress={onPress} />
          </div>
        ))}
      </div>
      <div className="flex h-10 shrink-0 items-center justify-center gap-2">
        <Button variant="quiet" size="sm" aria-pressed={isActual} onClick={() => toggle()}>
          {isActual ? <Scan aria-hidden /> : <ZoomIn aria-hidden />}
          {isActual ? "Fit" : "100 %"}
          <span className="[@media(hover:none)]:hidden">
            <Kbd>Z</Kbd>
          </span>
        </Button>
      </div>
    </div>
  );
}

/** @returns whether that has moved it */
function lookAt(box: HTMLElement, { x, y }: Point): boolean {
  const { scrollLeft, scrollTop } = box;
  const [left, top] = [x * box.scrollWidth - box.clientWidth / 2, y * box.scrollHeight - box.clientHeight / 2];
  if (Math.abs(scrollLeft - left) < 1 && Math.abs(scrollTop - top) < 1) return false;
  box.scrollTo({ left, top });
  return scrollLeft !== box.scrollLeft || scrollTop !== box.scrollTop;
}

interface StillProps {
  picture: Picture;
  isActual: boolean;
  onPress: (event: MouseEvent<HTMLImageElement>) => void;
}

function Still({ picture, isActual, onPress }: StillProps) {
  const { hasFailed, onError } = usePictureFailure(picture.url);
  if (hasFailed) return <p className="p-4 text-center text-ink-2">{`${picture.name} could not be loaded.`}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Z does the same, and the button below says so
    <img
      src={picture.url}
      alt={picture.name}
      {...(isActual && { width: picture.width ?? undefined, height: picture.height ?? undefined })}
      onError={onError}
      onClick={onPress}
      className={cn(isActual ? "max-w-none cursor-zoom-out" : "size-full cursor-zoom-in object-contain")}
    />
  );
}
