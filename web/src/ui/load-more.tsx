"use client";

import { useEffect, useRef } from "react";
import { Button } from "#ui/button.tsx";

interface LoadMoreProps {
  onLoad: () => void;
  /** How near, in pixels: more where people scroll fast. */
  ahead?: number;
}

/** Asks for the next page when it comes near the window, or when it is pressed. */
export function LoadMore({ onLoad, ahead = 600 }: LoadMoreProps) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(onLoad);
  useEffect(() => {
    latest.current = onLoad;
  });
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { rootMargin: `${ahead}px` },
    );
    if (ref.current) observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ahead]);
  return (
    <div ref={ref} className="col-span-full flex justify-center py-4">
      <Button onClick={onLoad}>Load more</Button>
    </div>
  );
}
