"use client";

import { Dialog } from "radix-ui";
import { PaletteMenu } from "#features/shell/palette/palette-menu.tsx";

interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onShowShortcuts: () => void;
}

/** Go anywhere, find anything by name, and the actions that belong to no page. */
export function CommandPalette({ isOpen, onOpenChange, onShowShortcuts }: CommandPaletteProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-24px)] max-w-lg -translate-x-1/2 animate-fade overflow-hidden rounded-lg border border-line-strong bg-surface shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">Commands</Dialog.Title>
          <PaletteMenu close={() => onOpenChange(false)} onShowShortcuts={onShowShortcuts} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
