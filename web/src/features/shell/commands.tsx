"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { paletteEvent, shortcutsEvent } from "#lib/palette.ts";
import { Kbd } from "#ui/kbd.tsx";

// Loaded when they are first opened: most visits begin and end without.
const CommandPalette = dynamic(
  async () => (await import("#features/shell/palette/command-palette.tsx")).CommandPalette,
);
const ShortcutsDialog = dynamic(async () => (await import("#features/shell/shortcuts-dialog.tsx")).ShortcutsDialog);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** The palette and the list of shortcuts, their keys, and a button for people who do not know the keys. */
export function Commands() {
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const [wasOpen, setWasOpen] = useState(false);
  if (open && !wasOpen) setWasOpen(true);
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
    const onOpenShortcuts = () => setOpen("shortcuts");
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener(paletteEvent, onOpen);
    window.addEventListener(shortcutsEvent, onOpenShortcuts);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener(paletteEvent, onOpen);
      window.removeEventListener(shortcutsEvent, onOpenShortcuts);
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
      {wasOpen && (
        <>
          <CommandPalette
            isOpen={open === "palette"}
            onOpenChange={(isOpen) => setOpen(isOpen ? "palette" : null)}
            onShowShortcuts={() => setOpen("shortcuts")}
          />
          <ShortcutsDialog
            isOpen={open === "shortcuts"}
            onOpenChange={(isOpen) => setOpen(isOpen ? "shortcuts" : null)}
          />
        </>
      )}
    </>
  );
}
