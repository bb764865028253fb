"use client";

import { createContext, use } from "react";

/** The role in the studio that something needs. */
export type Need = "CREATOR" | "ADMIN";

/** Why the person may not do what needs a role; null when the person may, or while that is not known. */
export const RefusalContext = createContext<(need: Need) => string | null>(() => null);

/** @param need left out: everybody may */
export function useRefused(need: Need | undefined): string | null {
  const refusalOf = use(RefusalContext);
  return need === undefined ? null : refusalOf(need);
}

/** Whether what is around can only be read here. */
export const ReadOnlyContext = createContext(false);
