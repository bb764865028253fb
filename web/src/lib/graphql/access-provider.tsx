"use client";

import { type ReactNode, useMemo } from "react";
import { useAccess } from "#lib/graphql/use-access.ts";
import { type Need, RefusalContext } from "#ui/access.ts";

const refusals: Record<Need, string> = {
  CREATOR: "Your role lets you look, not change",
  ADMIN: "For administrators only",
};

/** Tells every control that names the role it needs whether the person has it. */
export function AccessProvider({ children }: { children: ReactNode }) {
  const role = useAccess()?.viewer.role;
  const refusalOf = useMemo(
    () => (need: Need) =>
      role === undefined || role === "ADMIN" || role === need
        ? null
        : role === "VIEWER"
          ? refusals.CREATOR
          : refusals.ADMIN,
    [role],
  );
  return <RefusalContext value={refusalOf}>{children}</RefusalContext>;
}
