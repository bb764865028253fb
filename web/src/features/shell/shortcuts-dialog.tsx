"use client";

import { usePathname } from "next/navigation";
import { Fragment } from "react";
import { groupsFor, type ShortcutGroup } from "#features/shell/shortcuts.ts";
import { Dialog } from "#ui/dialog.tsx";
import { Disclosure } from "#ui/disclosure.tsx";
import { Kbd } from "#ui/kbd.tsx";

interface ShortcutsDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** The keys of the page that is open, those that count everywhere, and below them those of the other pages. */
export function ShortcutsDialog({ isOpen, onOpenChange }: ShortcutsDialogProps) {
  const { here, others } = groupsFor(usePathname());
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title="Keyboard shortcuts" className="max-w-md">
      <Groups groups={here} />
      <Disclosure title="On other pages" className="mt-4">
        <Groups groups={others} />
      </Disclosure>
      <p className="mt-3 text-sm text-ink-3">On a Mac, Cmd works in place of Ctrl.</p>
    </Dialog>
  );
}

function Groups({ groups }: { groups: readonly ShortcutGroup[] }) {
  return (
    <div className="flex flex-col gap-4">
      {groups.map(({ title, shortcuts }) => (
        <section key={title} aria-label={title}>
          <h3 className="mb-1.5 text-sm text-ink-3">{title}</h3>
          <dl className="grid grid-cols-[110px_1fr] items-center gap-x-4 gap-y-2">
            {shortcuts.map(([keys, meaning]) => (
              <Fragment key={meaning}>
                <dt className="flex gap-1">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd className="text-ink-2">{meaning}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
