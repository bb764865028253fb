"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "#ui/icon-button.tsx";
import { openFocus } from "#ui/open-focus.ts";

interface SheetProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  children: ReactNode;
}

/** A panel from the right edge on wide screens, from the bottom on phones. */
export function Sheet({ isOpen, onOpenChange, title, children }: SheetProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          tabIndex={-1}
          onOpenAutoFocus={openFocus}
          aria-describedby={undefined}
          className="fixed z-40 flex animate-fade outline-none flex-col border-line-strong bg-surface shadow-float max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[85vh] max-sm:rounded-t-lg max-sm:border-t sm:inset-y-0 sm:right-0 sm:w-[440px] sm:border-l"
        >
          <header className="flex items-center gap-2 border-b px-4 py-3">
            <Radix.Title className="grow text-lg">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close" size="iconSm" icon={<X />} />
            </Radix.Close>
          </header>
          <div className="min-h-0 grow overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
