"use client";

import dynamic from "next/dynamic";
import { useAccess } from "#lib/graphql/use-access.ts";

const SignedInMenu = dynamic(async () => (await import("#features/shell/account/signed-in-menu.tsx")).SignedInMenu);

/** Who is signed in; nothing, and nothing to load, where nobody signs in. */
export function AccountMenu() {
  const access = useAccess();
  return access && !access.isLocalMode ? <SignedInMenu access={access} /> : null;
}
