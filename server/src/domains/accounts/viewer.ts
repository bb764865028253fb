import { reaches } from "#domains/accounts/logic/roles.ts";
import type { Role } from "#platform/db/generated/enums.ts";
import { ForbiddenError, NotFoundError } from "#lib/domain-error.ts";

/** Who asks, and what that person may see. */
export interface Viewer {
  userId: string;
  name: string;
  role: Role;
  /** Projects that the viewer is a member of; an ADMIN sees all. */
  projectIds: "all" | string[];
  /** The role in each of those projects; absent: everywhere the same as `role`. */
  projectRoles?: Readonly<Record<string, Role>>;
  /** Asks with an API key, by which nobody gets another way in. */
  isProgram?: boolean;
  /** That key. */
  keyId?: string;
}

export function hasRole(viewer: Viewer | null, role: Role): boolean {
  return viewer !== null && reaches(viewer.role, role);
}

/** For what gives somebody another way in. @throws ForbiddenError when a key asks */
export function requirePerson(viewer: Viewer, message: string): void {
  if (viewer.isProgram) throw new ForbiddenError(`${message}; sign in to do so`);
}

/**
 * The same person, who sees only the projects in which that role is reached. What writes asks as this one, so that no
 * statement finds anything that the person may only read.
 */
export function asMemberWith(viewer: Viewer, role: Role): Viewer {
  const { projectIds, projectRoles } = viewer;
  if (projectIds === "all") return hasRole(viewer, role) ? viewer : { ...viewer, projectIds: [] };
  const kept = projectIds.filter((id) => reaches(projectRoles?.[id] ?? viewer.role, role));
  return kept.length === projectIds.length ? viewer : { ...viewer, projectIds: kept };
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

/** Prisma filter for what a project that the viewer may see can use: its own things, and studio-wide ones. */
export function usableIn(projectId: string) {
  return { OR: [{ projectId }, { projectId: null }] };
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
