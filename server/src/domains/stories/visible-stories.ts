import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";

/** Nothing, for whoever is not signed in. */
const nothing = { id: "00000000-0000-0000-0000-000000000000" };

/** Prisma filter for branches and visual styles that somebody may see. */
export function visibleOfProject(viewer: Viewer | null) {
  return viewer ? ofProject(viewer) : nothing;
}

/** Prisma filter for what a branch has: scenes and project assets. */
export function visibleOfBranch(viewer: Viewer | null) {
  return viewer ? { branch: ofProject(viewer) } : nothing;
}

/** Prisma filter for instances. */
export function visibleOfScene(viewer: Viewer | null) {
  return viewer ? { scene: { branch: ofProject(viewer) } } : nothing;
}
