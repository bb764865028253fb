"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "#lib/cn.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { openFocus } from "#ui/open-focus.ts";

interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
  className?: string;
  /** A press beside it does not close it. */
  isKept?: boolean;
}

export function Dialog({ isOpen, onOpenChange, title, description, children, className, isKept }: DialogProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          tabIndex={-1}
          onOpenAutoFocus={openFocus}
          onInteractOutside={(event) => isKept && event.preventDefault()}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed top-[8vh] left-1/2 z-40 flex outline-none max-h-[84vh] w-[calc(100vw-24px)] max-w-xl -translate-x-1/2 animate-fade flex-col rounded-lg border border-line-strong bg-surface shadow-float",
            className,
          )}
        >
          <header className="flex items-start gap-2 border-b px-4 py-3">
            <div className="min-w-0 grow">
              <Radix.Title className="text-lg">{title}</Radix.Title>
              {description && <Radix.Description className="text-ink-2">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" size="iconSm" icon={<X />} />
            </Radix.Close>
          </header>
          <div className="min-h-0 overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The row of actions at a dialog's end. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-4 flex flex-wrap justify-end gap-2">{children}</div>;
}
