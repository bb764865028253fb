"use client";

import { Menu, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { cn } from "#lib/cn.ts";
import { AccountMenu } from "#features/shell/account/account-menu.tsx";
import { isCurrent, type NavItem, navItems } from "#features/shell/nav-items.ts";
import { ThemeSwitch } from "#features/shell/theme-switch.tsx";
import { openPalette } from "#lib/palette.ts";
import { Link } from "#ui/link.tsx";

const Sheet = dynamic(async () => (await import("#ui/sheet.tsx")).Sheet);

const inBar = ["/", "/generate", "/gallery", "/scene-types"];
const entry = "flex min-w-0 flex-col items-center justify-center gap-0.5 text-xs text-ink-2";

/** The navigation of phones: four entries in reach of a thumb, the rest behind "More". */
export function BottomNav() {
  const pathname = usePathname();
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  if (isOpen && !wasOpen) setWasOpen(true);
  const bar = navItems.filter((item) => inBar.includes(item.href));
  const rest = navItems.filter((item) => !inBar.includes(item.href));
  const restIsCurrent = rest.some((item) => isCurrent(item.href, pathname));
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 grid h-14 grid-cols-5 border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {bar.map((item) => (
        <BarLink key={item.href} item={item} isCurrent={isCurrent(item.href, pathname)} />
      ))}
      <button type="button" onClick={() => setIsOpen(true)} className={cn(entry, restIsCurrent && "text-ink")}>
        <Menu aria-hidden className={cn("size-5", restIsCurrent && "text-accent-ink")} />
        More
      </button>
      {wasOpen && (
        <Sheet isOpen={isOpen} onOpenChange={setIsOpen} title="More">
          <ul className="-mx-2 flex flex-col">
            <li>
              <button
                type="button"
                onClick={() => {
                  setIsOpen(false);
                  openPalette();
                }}
                className="flex h-11 w-full items-center gap-3 rounded-md px-2 text-lg hover:bg-hover"
              >
                <Search aria-hidden className="size-5 text-ink-3" />
                Find
              </button>
            </li>
            {rest.map(({ href, label, icon: Icon }) => (
              <li key={href}>
                <Link
                  href={href}
                  onClick={() => setIsOpen(false)}
                  className="flex h-11 items-center gap-3 rounded-md px-2 text-lg hover:bg-hover"
                >
                  <Icon aria-hidden className="size-5 text-ink-3" />
                  {label}
                </Link>
              </li>
            ))}
          </ul>
          <div className="mt-3 flex items-center justify-between border-t pt-3">
            <span className="text-lg">Theme</span>
            <ThemeSwitch />
          </div>
          <AccountMenu />
        </Sheet>
      )}
    </nav>
  );
}

function BarLink({ item, isCurrent: current }: { item: NavItem; isCurrent: boolean }) {
  const Icon = item.icon;
  return (
    <Link
      href={item.href}
      aria-current={current ? "page" : undefined}
      className={cn(entry, current && "font-medium text-ink")}
    >
      <Icon aria-hidden className={cn("size-5", current && "text-accent-ink")} />
      <span className="max-w-full truncate">{item.label}</span>
    </Link>
  );
}
