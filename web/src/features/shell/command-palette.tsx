"use client";

import { Command } from "cmdk";
import { CirclePause, CirclePlay, Keyboard, Monitor, Moon, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { furtherPages, navItems } from "#features/shell/nav-items.ts";
import { PauseEverything, ResumeEverything } from "#features/shell/palette-operations.ts";
import { Group, Item } from "#features/shell/palette-items.tsx";
import { PaletteResults } from "#features/shell/palette-results.tsx";
import { applyTheme, type Theme } from "#features/shell/theme.ts";
import { mayLeave } from "#lib/hooks/use-unsaved-guard.ts";
import { useAction } from "#lib/graphql/use-action.ts";

interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onShowShortcuts: () => void;
}

const themes: { theme: Theme; label: string; icon: ReactNode }[] = [
  { theme: "dark", label: "Dark theme", icon: <Moon /> },
  { theme: "light", label: "Light theme", icon: <Sun /> },
  { theme: "system", label: "Theme of the system", icon: <Monitor /> },
];

/** Go anywhere, find anything by name, and the actions that belong to no page. */
export function CommandPalette({ isOpen, onOpenChange, onShowShortcuts }: CommandPaletteProps) {
  const router = useRouter();
  const [search, setSearch] = useState("");
  const pause = useAction(PauseEverything);
  const resume = useAction(ResumeEverything);
  const close = () => {
    onOpenChange(false);
    setSearch("");
  };
  const go = (href: string) => {
    if (mayLeave()) router.push(href);
    close();
  };
  const setPaused = async (isPaused: boolean) => {
    close();
    const payload = await (isPaused ? pause : resume).run({ input: {} });
    if (payload) toast.success(isPaused ? "Queue paused; what runs finishes" : "Queue resumed");
    else toast.error(isPaused ? "The queue could not be paused" : "The queue could not be resumed");
  };
  return (
    <Command.Dialog
      label="Commands"
      open={isOpen}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      overlayClassName="fixed inset-0 z-40 animate-fade bg-scrim"
      contentClassName="fixed top-[12vh] left-1/2 z-40 w-[calc(100vw-24px)] max-w-lg -translate-x-1/2 animate-fade overflow-hidden rounded-lg border border-line-strong bg-surface shadow-float outline-none"
    >
      <Command.Input
        value={search}
        onValueChange={setSearch}
        placeholder="Go to a page, job, workflow, character…"
        className="h-11 w-full border-b bg-transparent px-4 text-lg -outline-offset-2"
      />
      <Command.List className="max-h-[56vh] overflow-y-auto p-2">
        <Command.Empty className="px-2 py-6 text-center text-ink-2">Nothing of this name.</Command.Empty>
        <Group heading="Pages">
          {[...navItems, ...furtherPages].map(({ href, label, icon: Icon }) => (
            <Item key={href} icon={<Icon />} onSelect={() => go(href)}>
              {label}
            </Item>
          ))}
        </Group>
        {isOpen && <PaletteResults search={search} onGo={go} />}
        <Group heading="Actions">
          <Item icon={<CirclePause />} onSelect={() => void setPaused(true)}>
            Pause the queue
          </Item>
          <Item icon={<CirclePlay />} onSelect={() => void setPaused(false)}>
            Resume the queue
          </Item>
          {themes.map(({ theme, label, icon }) => (
            <Item
              key={theme}
              icon={icon}
              onSelect={() => {
                applyTheme(theme);
                close();
              }}
            >
              {label}
            </Item>
          ))}
          <Item
            icon={<Keyboard />}
            onSelect={() => {
              close();
              onShowShortcuts();
            }}
          >
            Keyboard shortcuts
          </Item>
        </Group>
      </Command.List>
    </Command.Dialog>
  );
}
