import type { Deps } from "#app/deps.ts";
import { createLink } from "#domains/accounts/account-links.service.ts";

/** For how long it may lie on a console, in ms. */
const lifetimeMs = 24 * 3_600_000;

/** Whether nobody is there who could let others in. */
export async function needsFirstAdmin({ db }: Pick<Deps, "db">): Promise<boolean> {
  const admins = await db.prisma.user.count({ where: { role: "ADMIN", email: { not: null }, disabledAt: null } });
  return admins === 0;
}

/**
 * The link that makes the first ADMIN, at the first start of a studio whose people sign in; undefined later. A restart makes
 * another one and ends the last, for whoever has lost it.
 */
export async function firstAdminLink({ db, config }: Pick<Deps, "db" | "config">): Promise<string | undefined> {
  if (config.auth.mode === "local" || !(await needsFirstAdmin({ db }))) return undefined;
  return db.prisma.$transaction(async (tx) => {
    await tx.accountLink.deleteMany({ where: { kind: "SETUP", usedAt: null } });
    const expiresAt = new Date(Date.now() + lifetimeMs);
    return (await createLink(tx, config.auth.publicUrl, { kind: "SETUP", expiresAt })).url;
  });
}
