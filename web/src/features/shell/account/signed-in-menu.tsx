"use client";

import { CircleUser, KeyRound, LogOut, MonitorX, RectangleEllipsis, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { leave } from "#features/shell/account/leave.ts";
import type { useAccess } from "#lib/graphql/use-access.ts";
import { roleNames } from "#lib/roles.ts";
import { DropdownMenu, MenuItem, MenuSeparator } from "#ui/dropdown-menu.tsx";

/** Who is signed in, and what is about that person. */
export function SignedInMenu({ access }: { access: NonNullable<ReturnType<typeof useAccess>> }) {
  const router = useRouter();
  const { name, role } = access.viewer;
  return (
    <DropdownMenu
      trigger={
        <button
          type="button"
          title={name}
          className="flex min-h-8 w-full items-center gap-2.5 rounded-md px-2.5 py-1 text-left text-ink-2 transition-colors hover:bg-hover hover:text-ink"
        >
          <CircleUser aria-hidden className="size-4 shrink-0" />
          <span className="min-w-0 md:max-lg:sr-only">
            <span className="sr-only">Account of </span>
            <span className="block truncate">{name}</span>
            <span className="block text-xs text-ink-3">{roleNames[role]}</span>
          </span>
        </button>
      }
    >
      <MenuItem icon={<RectangleEllipsis />} onSelect={() => router.push("/settings#account")}>
        My password
      </MenuItem>
      <MenuItem icon={<KeyRound />} onSelect={() => router.push("/settings#api-keys")}>
        My API keys
      </MenuItem>
      {access.may("ADMIN") && (
        <MenuItem icon={<Users />} onSelect={() => router.push("/settings#people")}>
          People
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => void leave("here")}>
        Sign out
      </MenuItem>
      <MenuItem icon={<MonitorX />} onSelect={() => void leave("everywhere")}>
        Sign out everywhere
      </MenuItem>
    </DropdownMenu>
  );
}
