"use client";

import { type ReactNode, use, useMemo } from "react";
import { RefusalContext } from "#ui/access.ts";

interface ProjectAccessProps {
  /** What the person may do in the project. */
  role: "VIEWER" | "CREATOR" | "ADMIN";
  children: ReactNode;
}

/** What is about one project: who may only look there finds what changes it refused, whatever the role in the studio. */
export function ProjectAccess({ role, children }: ProjectAccessProps) {
  const ofStudio = use(RefusalContext);
  const refusalOf = useMemo<typeof ofStudio>(
    () => (need) => ofStudio(need) ?? (role === "VIEWER" ? "In this project you may look, not change" : null),
    [ofStudio, role],
  );
  return <RefusalContext value={refusalOf}>{children}</RefusalContext>;
}
