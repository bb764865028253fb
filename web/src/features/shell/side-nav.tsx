"use client";

import { usePathname } from "next/navigation";
import { cn } from "#lib/cn.ts";
import { AccountMenu } from "#features/shell/account/account-menu.tsx";
import { Commands } from "#features/shell/commands.tsx";
import { isCurrent, navItems } from "#features/shell/nav-items.ts";
import { Link } from "#ui/link.tsx";
import { Wordmark } from "#ui/wordmark.tsx";

/** The navigation of wide windows: names beside icons, icons alone on tablets. */
export function SideNav() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Main"
      className="sticky top-0 flex h-dvh shrink-0 flex-col gap-0.5 border-r px-2 py-3 max-md:hidden md:w-14 lg:w-44"
    >
      <Link href="/" className="mb-3 flex h-8 items-center gap-2 rounded-md px-2" aria-label="Callsheet, queue">
        <Wordmark />
      </Link>
      <Commands />
      {navItems.map(({ href, label, icon: Icon }) => {
        const current = isCurrent(href, pathname);
        return (
          <Link
            key={href}
            href={href}
            aria-current={current ? "page" : undefined}
            title={label}
            className={cn(
              "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-ink-2 transition-colors hover:bg-hover hover:text-ink",
              current && "bg-hover font-medium text-ink",
            )}
          >
            <Icon aria-hidden className={cn("size-4 shrink-0", current && "text-accent-ink")} />
            <span className="max-lg:sr-only">{label}</span>
          </Link>
        );
      })}
      <div className="mt-auto">
        <AccountMenu />
      </div>
    </nav>
  );
}
