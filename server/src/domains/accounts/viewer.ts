import type { Role } from "#platform/db/generated/enums.ts";
import { NotFoundError } from "#lib/domain-error.ts";

/** Who asks, and what that person may see. */
export interface Viewer {
  userId: string;
  name: string;
  role: Role;
  /** Projects that the viewer is a member of; an ADMIN sees all. */
  projectIds: "all" | string[];
}

const rank: Record<Role, number> = { VIEWER: 0, CREATOR: 1, ADMIN: 2 };

export function hasRole(viewer: Viewer | null, role: Role): boolean {
  return viewer !== null && rank[viewer.role] >= rank[role];
}

/** Prisma filter for things of a project, or, without a project, of their owner. */
export function ownedBy(viewer: Viewer) {
  if (viewer.projectIds === "all") return {};
  return { OR: [{ projectId: { in: viewer.projectIds } }, { projectId: null, createdById: viewer.userId }] };
}

/** Prisma filter for things of a project, or studio-wide ones, which everybody sees. */
export function ofProjectOrStudio(viewer: Viewer) {
  if (viewer.projectIds === "all") return {};
  return { OR: [{ projectId: { in: viewer.projectIds } }, { projectId: null }] };
}

/** Prisma filter for things that always have a project. */
export function ofProject(viewer: Viewer) {
  return viewer.projectIds === "all" ? {} : { projectId: { in: viewer.projectIds } };
}

export function maySeeProject(viewer: Viewer, projectId: string): boolean {
  return viewer.projectIds === "all" || viewer.projectIds.includes(projectId);
}

/** @throws NotFoundError, so that a foreign project looks like none. */
export function requireProject(viewer: Viewer, projectId: string, path: string[] = ["projectId"]): void {
  if (!maySeeProject(viewer, projectId)) throw new NotFoundError("The project", path);
}
