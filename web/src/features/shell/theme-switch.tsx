"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import { useEffect, useState } from "react";
import { applyTheme, storedTheme, type Theme, themeChanged } from "#features/shell/theme.ts";

const themes = [
  { value: "system", label: "System theme", icon: Monitor },
  { value: "light", label: "Light theme", icon: Sun },
  { value: "dark", label: "Dark theme", icon: Moon },
] as const;

export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme | "">("");
  useEffect(() => {
    const read = () => setTheme(storedTheme());
    read();
    window.addEventListener(themeChanged, read);
    return () => window.removeEventListener(themeChanged, read);
  }, []);
  useEffect(() => {
    if (theme !== "system") return;
    const media = window.matchMedia("(prefers-color-scheme: light)");
    const follow = () => applyTheme("system");
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [theme]);
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Theme"
      value={theme}
      onValueChange={(next) => next && applyTheme(next as Theme)}
      className="inline-flex"
    >
      {themes.map(({ value, label, icon: Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={label}
          title={label}
          className="grid size-6 place-items-center rounded-sm text-ink-3 hover:text-ink data-[state=on]:bg-hover data-[state=on]:text-ink max-md:size-10"
        >
          <Icon aria-hidden className="size-4" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
