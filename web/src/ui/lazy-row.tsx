"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { cn } from "#lib/cn.ts";

type Listener = (isNear: boolean) => void;
const listeners = new Map<Element, Listener>();
let shared: IntersectionObserver | null = null;

/** One observer for all rows; a thousand of them would cost more than the rows. */
function observe(row: Element, listener: Listener): () => void {
  shared ??= new IntersectionObserver(
    (entries) => entries.forEach((entry) => listeners.get(entry.target)?.(entry.isIntersecting)),
    { rootMargin: "1000px" },
  );
  const observer = shared;
  listeners.set(row, listener);
  observer.observe(row);
  return () => {
    listeners.delete(row);
    observer.unobserve(row);
  };
}

interface LazyRowProps {
  /** Height in pixels until the row has been seen. */
  estimate: number;
  /** Rendered at once, for rows of the first screen. */
  startsNear?: boolean;
  className?: string;
  children: ReactNode;
}

/** A list item that is empty, at its last height, while it is far from the window: long lists stay cheap. */
export function LazyRow({ estimate, startsNear = false, className, children }: LazyRowProps) {
  const ref = useRef<HTMLLIElement>(null);
  const height = useRef(estimate);
  const [isNear, setIsNear] = useState(startsNear);
  useEffect(() => {
    const row = ref.current;
    if (!row) return;
    return observe(row, (next) => {
      if (!next && row.childElementCount > 0) height.current = row.offsetHeight;
      setIsNear(next);
    });
  }, []);
  return (
    <li ref={ref} className={cn(className)} style={isNear ? undefined : { height: height.current }}>
      {isNear && children}
    </li>
  );
}
