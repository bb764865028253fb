import type { Viewer } from "#domains/accounts/viewer.ts";
import { ofProject } from "#domains/accounts/viewer.ts";

/** Prisma filter for takes that somebody may see. */
export function visibleTakes(viewer: Viewer | null) {
  return viewer ? { character: ofProject(viewer) } : { id: "" };
}
