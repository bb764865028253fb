import type { Role } from "#platform/db/generated/enums.ts";

const rank: Record<Role, number> = { VIEWER: 0, CREATOR: 1, ADMIN: 2 };

export function reaches(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed];
}

/** What somebody may do whom two rules bind. */
export function lower(one: Role, other: Role): Role {
  return reaches(one, other) ? other : one;
}
