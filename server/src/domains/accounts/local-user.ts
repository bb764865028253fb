import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";

/**
 * Fixed, so that every process of a studio in local mode means the same person. The first ADMIN of a studio whose people
 * sign in is this one as well: what was made in local mode stays that person's.
 */
export const localUserId = "00000000-0000-7000-8000-000000000001";

/** The one ADMIN of local mode, made on first use. */
export async function ensureLocalUser({ db }: Pick<Deps, "db">): Promise<Viewer> {
  const user = await db.prisma.user.upsert({
    where: { id: localUserId },
    create: { id: localUserId, name: "local", role: "ADMIN" },
    update: {},
  });
  return { userId: user.id, name: user.name, role: "ADMIN", projectIds: "all" };
}
