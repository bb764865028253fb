"use client";

import { Bell, CirclePause, CirclePlay, Keyboard, Monitor, Moon, Sun } from "lucide-react";
import { useRefused } from "#ui/access.ts";
import { toast } from "#ui/toast.tsx";
import { PauseEverything, ResumeEverything } from "#features/shell/palette/operations.ts";
import type { PaletteEntry } from "#features/shell/palette/rank-entries.ts";
import { applyTheme } from "#features/shell/theme.ts";
import { useAction } from "#lib/graphql/use-action.ts";
import { openNotifications } from "#lib/palette.ts";

/** The actions that belong to no page. */
export function useActionEntries(close: () => void, onShowShortcuts: () => void): PaletteEntry[] {
  const pause = useAction(PauseEverything);
  const resume = useAction(ResumeEverything);
  const setPaused = async (isPaused: boolean) => {
    const payload = await (isPaused ? pause : resume).run({ input: {} });
    if (payload) toast.success(isPaused ? "Queue paused; what runs finishes" : "Queue resumed");
    else toast.error(isPaused ? "The queue could not be paused" : "The queue could not be resumed");
  };
  const mayNot = useRefused("CREATOR") !== null;
  const pauses = [
    { label: "Pause the queue", icon: <CirclePause />, act: () => void setPaused(true) },
    { label: "Resume the queue", icon: <CirclePlay />, act: () => void setPaused(false) },
  ];
  const actions = [
    ...(mayNot ? [] : pauses),
    { label: "Dark theme", icon: <Moon />, act: () => applyTheme("dark") },
    { label: "Light theme", icon: <Sun />, act: () => applyTheme("light") },
    { label: "Theme of the system", icon: <Monitor />, act: () => applyTheme("system") },
    { label: "Notifications", icon: <Bell />, act: openNotifications },
    { label: "Keyboard shortcuts", icon: <Keyboard />, act: onShowShortcuts },
  ];
  return actions.map(({ label, icon, act }) => ({
    id: label,
    group: "Actions",
    label,
    icon,
    run: () => {
      close();
      act();
    },
  }));
}
