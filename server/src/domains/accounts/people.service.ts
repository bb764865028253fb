import type { Deps } from "#app/deps.ts";
import { createLink, openLink } from "#domains/accounts/account-links.service.ts";
import { requirePerson, type Viewer } from "#domains/accounts/viewer.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Role, User } from "#platform/db/generated/client.ts";

type PeopleDeps = Pick<Deps, "db" | "bus" | "config">;

/** For how long a password can be set anew by one link, in ms. */
const resetMs = 24 * 3_600_000;

/** @throws ForbiddenError when a key asks, NotFoundError, ConflictError for the last ADMIN */
export async function setUserRole({ db, bus }: PeopleDeps, viewer: Viewer, id: string, role: Role): Promise<User> {
  requirePerson(viewer, "A key changes nobody's role");
  const user = await db.prisma.$transaction(async (tx) => {
    const known = await requireUser(tx, id);
    if (role !== "ADMIN") await keepAnAdmin(tx, known);
    return tx.user.update({ where: { id }, data: { role } });
  });
  bus.publish("access.changed", { userId: id });
  return user;
}

/** Ends all ways in of a person, at once; what the person made stays. @throws NotFoundError, ConflictError for the last ADMIN */
export async function disableUser({ db, bus }: PeopleDeps, id: string): Promise<User> {
  const user = await db.prisma.$transaction(async (tx) => {
    const known = await requireUser(tx, id);
    await keepAnAdmin(tx, known);
    await tx.session.deleteMany({ where: { userId: id } });
    await tx.accountLink.updateMany({ where: { userId: id, ...openLink() }, data: { revokedAt: new Date() } });
    return tx.user.update({ where: { id }, data: { disabledAt: known.disabledAt ?? new Date() } });
  });
  bus.publish("access.changed", { userId: id });
  return user;
}

/**
 * Lets a person come in again, who has to sign in anew; keys that were not revoked work again.
 * @throws ForbiddenError when a key asks, NotFoundError
 */
export async function enableUser({ db }: PeopleDeps, viewer: Viewer, id: string): Promise<User> {
  requirePerson(viewer, "A key lets nobody in again");
  await requireUser(db.prisma, id);
  return db.prisma.user.update({ where: { id }, data: { disabledAt: null } });
}

/** A link by which the person chooses another password; the last one ends. @throws ForbiddenError when a key asks, NotFoundError, ConflictError */
export async function createPasswordReset(
  { db, config }: PeopleDeps,
  viewer: Viewer,
  userId: string,
): Promise<{ url: string; expiresAt: Date }> {
  requirePerson(viewer, "A key resets no passwords");
  return db.prisma.$transaction(async (tx) => {
    const user = await requireUser(tx, userId);
    if (user.email === null)
      throw new ConflictError("The person of local mode has no password to set anew", "NO_EMAIL", ["id"]);
    if (user.disabledAt) throw new ConflictError("The person is disabled; enable the person first", "DISABLED", ["id"]);
    await tx.accountLink.updateMany({
      where: { userId, kind: "PASSWORD_RESET", ...openLink() },
      data: { revokedAt: new Date() },
    });
    const expiresAt = new Date(Date.now() + resetMs);
    const { url } = await createLink(tx, config.auth.publicUrl, {
      kind: "PASSWORD_RESET",
      userId,
      createdById: viewer.userId,
      expiresAt,
    });
    return { url, expiresAt };
  });
}

async function requireUser(prisma: PrismaTx, id: string): Promise<User> {
  const user = await prisma.user.findUnique({ where: { id } });
  if (!user) throw new NotFoundError("The person", ["id"]);
  return user;
}

/** Without an ADMIN who can come in, nobody could make another one. */
async function keepAnAdmin(tx: PrismaTx, user: User): Promise<void> {
  if (user.role !== "ADMIN" || user.disabledAt) return;
  // Locked, so that two who take each other's role at the same moment don't both succeed.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "user" WHERE role = 'ADMIN' AND disabled_at IS NULL AND email IS NOT NULL ORDER BY id FOR UPDATE`;
  if (!rows.some(({ id }) => id !== user.id))
    throw new ConflictError("This is the last ADMIN; make somebody else one first", "LAST_ADMIN", ["id"]);
}
