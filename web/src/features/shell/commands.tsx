"use client";

import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { CommandPalette } from "#features/shell/command-palette.tsx";
import { ShortcutsDialog } from "#features/shell/shortcuts-dialog.tsx";
import { Kbd } from "#ui/kbd.tsx";

const openPaletteEvent = "callsheet:palette";

/** Opens the palette from anywhere, such as the navigation of phones. */
export function openPalette(): void {
  window.dispatchEvent(new Event(openPaletteEvent));
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** The palette and the list of shortcuts, their keys, and a button for people who do not know the keys. */
export function Commands() {
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen((before) => (before === "palette" ? null : "palette"));
      } else if (event.key === "?" && !isTyping(event.target)) {
        setOpen("shortcuts");
      }
    };
    const onOpen = () => setOpen("palette");
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener(openPaletteEvent, onOpen);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener(openPaletteEvent, onOpen);
    };
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen("palette")}
        className="mb-2 flex h-8 items-center gap-2.5 rounded-md border px-2.5 text-ink-3 transition-colors hover:border-line-strong hover:text-ink"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="grow text-left max-lg:sr-only">Find</span>
        <span aria-hidden className="max-lg:hidden">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <CommandPalette
        isOpen={open === "palette"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "palette" : null)}
        onShowShortcuts={() => setOpen("shortcuts")}
      />
      <ShortcutsDialog isOpen={open === "shortcuts"} onOpenChange={(isOpen) => setOpen(isOpen ? "shortcuts" : null)} />
    </>
  );
}
