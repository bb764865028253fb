import { hashPassword } from "better-auth/crypto";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { localUserId } from "#domains/accounts/local-user.ts";
import { email, password } from "#domains/accounts/logic/passwords.ts";
import { hashSecret, newSecret } from "#domains/accounts/logic/secrets.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { isUniqueViolation } from "#platform/db/conflicts.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { AccountLink, Prisma } from "#platform/db/generated/client.ts";

type LinkDeps = Pick<Deps, "db" | "config" | "bus">;
type NewLink = Omit<Prisma.AccountLinkUncheckedCreateInput, "tokenHash" | "id">;

export const personName = storableText(120).trim().min(1, "a person needs a name");

/** Makes a link of use to whoever has it, once. @returns its address, which nobody can read again */
export async function createLink(prisma: PrismaTx, publicUrl: string, data: NewLink) {
  const token = newSecret();
  const link = await prisma.accountLink.create({ data: { ...data, tokenHash: hashSecret(token) } });
  // Behind the hash, so that it is in no log of a server on the way.
  return { link, url: `${publicUrl}/join#${token}` };
}

/** Links that lead somewhere yet. */
export const openLink = (now = new Date()) => ({ usedAt: null, revokedAt: null, expiresAt: { gt: now } });

/** Said of links that never were, are used, or have expired alike. */
const noLink = (): NotFoundError => new NotFoundError("A link that is still good for this", ["token"]);

/** What a link is for, for the page that it leads to. @throws NotFoundError */
export async function lookAtLink({ db }: Pick<Deps, "db">, token: unknown) {
  const found = await findLink(db.prisma, token);
  return {
    kind: found.kind,
    email: found.email ?? found.user?.email ?? null,
    name: found.name ?? found.user?.name ?? null,
    role: found.kind === "SETUP" ? "ADMIN" : found.role,
    projects: found.projects.map(({ project, role }) => ({ name: project.name, role })),
    expiresAt: found.expiresAt,
  };
}

const findLink = async (prisma: PrismaTx, token: unknown) => {
  const found = await prisma.accountLink.findFirst({
    where: { tokenHash: hashSecret(String(token)), ...openLink() },
    include: { user: true, projects: { include: { project: true } } },
  });
  if (!found) throw noLink();
  return found;
};

const given = z.object({ password, name: personName.optional(), email: email.optional() });

/**
 * Uses a link up: makes the person of an invitation or the first ADMIN, or sets the password anew, which ends all sessions.
 * @returns who can sign in now
 * @throws NotFoundError, ValidationError, ConflictError when the address has an account already
 */
export async function acceptLink(
  { db, bus }: LinkDeps,
  input: { token: unknown; password?: unknown; name?: unknown; email?: unknown },
): Promise<{ userId: string; email: string }> {
  const found = await findLink(db.prisma, input.token);
  const needsPerson = found.kind === "SETUP";
  const checked = parseInput(needsPerson ? given.required({ name: true, email: true }) : given, input);
  const hash = await hashPassword(checked.password);
  const done = await db.prisma
    .$transaction(async (tx) => {
      const { count } = await tx.accountLink.updateMany({
        where: { id: found.id, ...openLink() },
        data: { usedAt: new Date() },
      });
      if (count !== 1) throw noLink();
      const userId = await personOf(tx, found, checked);
      await tx.account.deleteMany({ where: { userId, providerId: "credential" } });
      await tx.account.create({
        data: { id: uuidv7(), userId, accountId: userId, providerId: "credential", password: hash },
      });
      await tx.session.deleteMany({ where: { userId } });
      if (found.kind === "INVITATION") await tx.accountLink.update({ where: { id: found.id }, data: { userId } });
      return tx.user.findUniqueOrThrow({ where: { id: userId } });
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
      throw new ConflictError("There is an account with this e-mail address already", "EMAIL_TAKEN", ["email"]);
    });
  bus.publish("access.changed", { userId: done.id });
  return { userId: done.id, email: done.email ?? "" };
}

/** The person whose password it is about; made now, unless it is a reset. */
async function personOf(
  tx: PrismaTx,
  link: AccountLink & { projects: { projectId: string; role: "ADMIN" | "CREATOR" | "VIEWER" }[] },
  checked: { name?: string | undefined; email?: string | undefined },
): Promise<string> {
  if (link.kind === "PASSWORD_RESET") {
    const { count } = await tx.user.updateMany({
      where: { id: link.userId ?? "", disabledAt: null },
      data: { emailVerified: true },
    });
    if (count !== 1) throw noLink();
    return link.userId ?? "";
  }
  // Who gives out the link vouches for the address.
  const person = { name: checked.name ?? link.name ?? link.email ?? "", emailVerified: true };
  if (link.kind === "SETUP") {
    const first = { ...person, email: checked.email ?? "", role: "ADMIN" as const, disabledAt: null };
    const { id } = await tx.user.upsert({
      where: { id: localUserId },
      create: { id: localUserId, ...first },
      update: first,
    });
    return id;
  }
  const { id } = await tx.user.create({
    data: {
      ...person,
      email: link.email,
      role: link.role ?? "VIEWER",
      memberships: { create: link.projects.map(({ projectId, role }) => ({ projectId, role })) },
    },
  });
  return id;
}
