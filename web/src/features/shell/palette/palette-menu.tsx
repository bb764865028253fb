"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { furtherPages, navItems } from "#features/shell/nav-items.ts";
import { type PaletteEntry, rankEntries } from "#features/shell/palette/rank-entries.ts";
import { useActionEntries } from "#features/shell/palette/use-action-entries.tsx";
import { useFoundEntries } from "#features/shell/palette/use-found-entries.tsx";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";

interface PaletteMenuProps {
  close: () => void;
  onShowShortcuts: () => void;
}

/** Order and choice are ours: cmdk leaves groups where they are, and chooses nothing when the chosen item goes. */
export function PaletteMenu({ close, onShowShortcuts }: PaletteMenuProps) {
  const router = useRouter();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const go = (href: string) => {
    if (mayLeave()) router.push(href);
    close();
  };
  const found = useFoundEntries({ search, go, close });
  const actions = useActionEntries(close, onShowShortcuts);
  const groups = rankEntries([...found, ...pageEntries(go), ...actions], search);
  const shown = groups.flatMap(({ entries }) => entries);
  const current = shown.find(({ id }) => id === chosen) ?? shown[0];
  return (
    <Command label="Commands" shouldFilter={false} value={current?.id ?? ""} onValueChange={setChosen}>
      <Command.Input
        value={search}
        onValueChange={(typed) => {
          setSearch(typed);
          setChosen(null);
        }}
        placeholder="Go to a page, job, workflow, character…"
        className="h-11 w-full border-b bg-transparent px-4 text-lg -outline-offset-2"
      />
      <Command.List className="max-h-[56vh] overflow-y-auto p-2">
        {shown.length === 0 && <p className="px-2 py-6 text-center text-ink-2">Nothing of this name.</p>}
        {groups.map(({ heading, entries }) => (
          <Command.Group
            key={heading}
            heading={heading}
            className="pb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-ink-3"
          >
            {entries.map(({ id, icon, label, note, run }) => (
              <Command.Item
                key={id}
                value={id}
                onSelect={run}
                className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-ink-2 data-[selected=true]:bg-hover data-[selected=true]:text-ink [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3"
              >
                {icon}
                <span className="truncate">
                  {label}
                  {note && <span className="ml-2 text-ink-3">{note}</span>}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function pageEntries(go: (href: string) => void): PaletteEntry[] {
  return [...navItems, ...furtherPages].map(({ href, label, icon: Icon }) => ({
    id: href,
    group: "Pages",
    label,
    icon: <Icon />,
    isPage: true,
    run: () => go(href),
  }));
}
