"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";

const delayMs = 400;
const gap = 6;
const margin = 8;

interface Shown {
  text: string;
  anchor: DOMRect;
}

/**
 * Shows the `data-tooltip` of whatever the pointer rests on or the keyboard has come to. One for the whole page, since a
 * list has hundreds of buttons with one. Nothing is said to screen readers: a tooltip repeats the name or adds to looks.
 */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const ref = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let target: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hide = () => {
      clearTimeout(timer);
      target = null;
      setShown(null);
    };
    const aim = (next: Element | null, afterMs: number) => {
      if (next === target) return;
      hide();
      const text = next?.getAttribute("data-tooltip");
      if (!next || !text) return;
      target = next;
      timer = setTimeout(() => next.isConnected && setShown({ text, anchor: next.getBoundingClientRect() }), afterMs);
    };
    const tipped = (event: Event) => (event.target instanceof Element ? event.target.closest("[data-tooltip]") : null);
    const onPointer = (event: PointerEvent) => {
      if (event.pointerType === "mouse") aim(tipped(event), delayMs);
    };
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(":focus-visible")) aim(tipped(event), 0);
    };
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && hide();
    document.addEventListener("pointerover", onPointer);
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", hide);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("keydown", onKey);
    window.addEventListener("scroll", hide, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", onPointer);
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("keydown", onKey);
      window.removeEventListener("scroll", hide, { capture: true });
    };
  }, []);

  // Its own size is known only once it is there; above the anchor unless the window ends.
  useLayoutEffect(() => {
    const tip = ref.current;
    if (!tip || !shown) return;
    const { anchor } = shown;
    const { width, height } = tip.getBoundingClientRect();
    const left = anchor.left + anchor.width / 2 - width / 2;
    const above = anchor.top - height - gap;
    tip.style.left = `${Math.max(margin, Math.min(left, window.innerWidth - width - margin))}px`;
    tip.style.top = `${above < margin ? anchor.bottom + gap : above}px`;
  }, [shown]);

  return (
    shown && (
      <div
        ref={ref}
        aria-hidden
        className="pointer-events-none fixed top-0 left-0 z-60 max-w-72 animate-fade rounded-md border border-line-strong bg-raised px-2 py-1 text-sm text-ink shadow-float"
      >
        {shown.text}
      </div>
    )
  );
}
