import type { Deps } from "#app/deps.ts";
import { email as emailAddress } from "#domains/accounts/logic/passwords.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { isUniqueViolation } from "#platform/db/conflicts.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { ProjectMember, Role } from "#platform/db/generated/client.ts";

type MemberDeps = Pick<Deps, "db" | "bus">;

/** Members of one project: they are a plain list. */
export const maxMembers = 200;

/**
 * Makes somebody a member. The viewer is one who sees the projects that it may administer.
 * @throws NotFoundError for the project or the person, ConflictError for a member already or for too many
 */
export async function addMember(
  { db, bus }: MemberDeps,
  viewer: Viewer,
  input: { projectId: string; userId?: string | undefined; email?: string | undefined; role: Role },
): Promise<ProjectMember> {
  const { projectId, role } = input;
  if ((input.userId === undefined) === (input.email === undefined))
    throw ValidationError.at(["email"], "give userId or email, and not both");
  await requireExistingProject({ db }, viewer, projectId);
  const userId = await findPerson(db.prisma, viewer, input);
  const member = await db.prisma
    .$transaction(async (tx) => {
      await lockProject(tx, projectId);
      if ((await tx.projectMember.count({ where: { projectId } })) >= maxMembers)
        throw new ConflictError(`A project has at most ${maxMembers} members`, "TOO_MANY_MEMBERS");
      return tx.projectMember.create({ data: { projectId, userId, role } });
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
      throw new ConflictError("The person is a member already; change the role instead", "MEMBER_ALREADY");
    });
  bus.publish("access.changed", { userId });
  return member;
}

/** @throws NotFoundError, ConflictError for the last ADMIN of the project */
export async function setMemberRole(
  { db, bus }: MemberDeps,
  viewer: Viewer,
  { projectId, userId, role }: { projectId: string; userId: string; role: Role },
): Promise<ProjectMember> {
  await requireExistingProject({ db }, viewer, projectId);
  const member = await db.prisma.$transaction(async (tx) => {
    await lockProject(tx, projectId);
    if (role !== "ADMIN") await keepAnAdmin(tx, projectId, userId);
    return changed(tx, projectId, userId, role);
  });
  bus.publish("access.changed", { userId });
  return member;
}

/** What the person made in the project stays. @throws NotFoundError, ConflictError for the last ADMIN of the project */
export async function removeMember(
  { db, bus }: MemberDeps,
  viewer: Viewer,
  { projectId, userId }: { projectId: string; userId: string },
): Promise<void> {
  await requireExistingProject({ db }, viewer, projectId);
  await db.prisma.$transaction(async (tx) => {
    await lockProject(tx, projectId);
    await keepAnAdmin(tx, projectId, userId);
    const { count } = await tx.projectMember.deleteMany({ where: { projectId, userId } });
    if (count === 0) throw noMember();
  });
  bus.publish("access.changed", { userId });
}

const noMember = (): NotFoundError => new NotFoundError("The member", ["userId"]);

/** By address for those who can't look through everybody. */
async function findPerson(
  prisma: PrismaTx,
  viewer: Viewer,
  { userId, email }: { userId?: string | undefined; email?: string | undefined },
): Promise<string> {
  if (userId !== undefined) {
    const isVisible = viewer.role === "ADMIN" || viewer.userId === userId;
    const user = isVisible ? await prisma.user.findFirst({ where: { id: userId, disabledAt: null } }) : null;
    if (!user) throw new NotFoundError("The person", ["userId"]);
    return user.id;
  }
  const address = parseInput(emailAddress, email, ["email"]);
  const user = await prisma.user.findFirst({ where: { email: address, disabledAt: null } });
  if (!user) throw new NotFoundError("A person with this e-mail address", ["email"]);
  return user.id;
}

/** Changes of members come one after the other, so that two don't both take the last ADMIN but one. */
async function lockProject(tx: PrismaTx, projectId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM project WHERE id = ${projectId}::uuid FOR UPDATE`;
}

async function changed(tx: PrismaTx, projectId: string, userId: string, role: Role): Promise<ProjectMember> {
  const { count } = await tx.projectMember.updateMany({ where: { projectId, userId }, data: { role } });
  if (count === 0) throw noMember();
  return { projectId, userId, role };
}

async function keepAnAdmin(tx: PrismaTx, projectId: string, userId: string): Promise<void> {
  const admins = await tx.projectMember.findMany({
    where: { projectId, role: "ADMIN", user: { disabledAt: null } },
    select: { userId: true },
  });
  const isOne = admins.some((admin) => admin.userId === userId);
  if (isOne && admins.length === 1)
    throw new ConflictError("This is the project's last ADMIN; make another member one first", "LAST_ADMIN", [
      "userId",
    ]);
}
