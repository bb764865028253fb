"use client";

import { type ReactNode, use, useCallback } from "react";
import { type Need, RefusalContext } from "#ui/access.ts";

/** What the person may do in a project; null for what belongs to no project, where the role in the studio alone counts. */
type ProjectRole = "VIEWER" | "CREATOR" | "ADMIN" | null | undefined;

/** Why the person may not do what needs a role in a project, for what is about several of them at once. */
export function useProjectRefusal(): (need: Need, role: ProjectRole) => string | null {
  const refusalOf = use(RefusalContext);
  return useCallback(
    (need, role) => refusalOf(need) ?? (role === "VIEWER" ? "In this project you may look, not change" : null),
    [refusalOf],
  );
}

/** Of several selected things, those of projects in which the person may only look. */
export const sayWhatStays = (count: number): string =>
  `${count.toLocaleString("en")} of the selected ${count === 1 ? "stays as it is: in its" : "stay as they are: in their"} project you may look, not change.`;

/** What is about one project: who may only look there finds what changes it refused, whatever the role in the studio. */
export function ProjectAccess({ role, children }: { role: ProjectRole; children: ReactNode }) {
  const refusalIn = useProjectRefusal();
  const refusalOf = useCallback((need: Need) => refusalIn(need, role), [refusalIn, role]);
  return <RefusalContext value={refusalOf}>{children}</RefusalContext>;
}
