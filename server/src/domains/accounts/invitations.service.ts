import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { createLink, openLink, personName } from "#domains/accounts/account-links.service.ts";
import { email } from "#domains/accounts/logic/passwords.ts";
import { requirePerson, type Viewer } from "#domains/accounts/viewer.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { AccountLink, Role } from "#platform/db/generated/client.ts";

/** Projects that one invitation leads into at most. */
const maxProjects = 50;
/** Invitations that nobody has used yet, at most. */
const maxOpen = 500;
const dayMs = 86_400_000;

const fields = z.object({
  email,
  name: personName.optional(),
  expiresInDays: z.number().int().min(1, "at least a day").max(30, "at most 30 days"),
  projects: z.array(z.unknown()).max(maxProjects, `at most ${maxProjects} projects`),
});

export interface NewInvitation {
  email: string;
  name?: string | undefined;
  role: Role;
  projects: { projectId: string; role: Role }[];
  expiresInDays: number;
}

/**
 * Invites somebody by a link, which whoever invites hands over. An earlier one for the same address ends.
 * @throws ForbiddenError when a key asks, ValidationError, NotFoundError for a project, ConflictError when the address has an
 * account
 */
export async function createInvitation(
  { db, config }: Pick<Deps, "db" | "config">,
  viewer: Viewer,
  input: NewInvitation,
): Promise<{ invitation: AccountLink; url: string }> {
  requirePerson(viewer, "A key invites nobody");
  const checked = parseInput(fields, input);
  const ids = input.projects.map(({ projectId }) => projectId);
  if (new Set(ids).size !== ids.length) throw ValidationError.at(["projects"], "a project is named twice");
  const known = await db.prisma.project.findMany({ where: { id: { in: ids } }, select: { id: true } });
  const missing = ids.findIndex((id) => !known.some((project) => project.id === id));
  if (missing !== -1) throw new NotFoundError("The project", ["projects", String(missing), "projectId"]);
  if (await db.prisma.user.findUnique({ where: { email: checked.email }, select: { id: true } }))
    throw new ConflictError("There is an account with this e-mail address already", "EMAIL_TAKEN", ["email"]);
  return db.prisma.$transaction(async (tx) => {
    const open = { kind: "INVITATION" as const, ...openLink() };
    await tx.accountLink.updateMany({ where: { ...open, email: checked.email }, data: { revokedAt: new Date() } });
    if ((await tx.accountLink.count({ where: open })) >= maxOpen)
      throw new ConflictError(`${maxOpen} invitations wait to be used; revoke some first`, "TOO_MANY_INVITATIONS");
    const { link, url } = await createLink(tx, config.auth.publicUrl, {
      kind: "INVITATION",
      email: checked.email,
      name: checked.name ?? null,
      role: input.role,
      createdById: viewer.userId,
      expiresAt: new Date(Date.now() + checked.expiresInDays * dayMs),
      projects: { create: input.projects.map(({ projectId, role }) => ({ projectId, role })) },
    });
    return { invitation: link, url };
  });
}

/** Ends an invitation that nobody has used. @throws NotFoundError, ConflictError when it is used */
export async function revokeInvitation({ db }: Pick<Deps, "db">, id: string): Promise<AccountLink> {
  const found = await db.prisma.accountLink.findFirst({ where: { id, kind: "INVITATION" } });
  if (!found) throw new NotFoundError("The invitation", ["id"]);
  const { count } = await db.prisma.accountLink.updateMany({
    where: { id, usedAt: null },
    data: { revokedAt: found.revokedAt ?? new Date() },
  });
  if (count === 0) throw new ConflictError("The invitation is used; disable the person instead", "INVITATION_USED");
  return db.prisma.accountLink.findUniqueOrThrow({ where: { id } });
}
