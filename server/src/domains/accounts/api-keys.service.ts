import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { loadViewer } from "#domains/accounts/auth/load-viewer.ts";
import { reaches } from "#domains/accounts/logic/roles.ts";
import { hashSecret, keyPrefix, newSecret } from "#domains/accounts/logic/secrets.ts";
import { requirePerson, type Viewer } from "#domains/accounts/viewer.ts";
import { ConflictError, ForbiddenError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { ApiKey, ApiKeyScope, Role } from "#platform/db/generated/client.ts";

/** Keys that a person has at once. */
export const maxKeys = 50;

/** A key that is used all the time is written of no more often than this, in ms. */
const noteUseMs = 60_000;

const roleOf: Record<ApiKeyScope, Role> = { READ: "VIEWER", WRITE: "CREATOR", ADMIN: "ADMIN" };

/** Who asks with this key; null for a key that is wrong, revoked or expired, or whose owner may not come in any more. */
export async function viewerOfKey(deps: Pick<Deps, "db">, secret: string): Promise<Viewer | null> {
  if (!secret.startsWith(keyPrefix)) return null;
  const now = new Date();
  const { prisma } = deps.db;
  const key = await prisma.apiKey.findUnique({ where: { hash: hashSecret(secret), ...usable(now) } });
  if (!key) return null;
  const due = new Date(now.getTime() - noteUseMs);
  if (key.lastUsedAt === null || key.lastUsedAt < due) {
    const isDue = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: due } }] };
    await prisma.apiKey.updateMany({ where: { id: key.id, ...isDue }, data: { lastUsedAt: now } });
  }
  const viewer = await loadViewer(deps, key.userId, roleOf[key.scope]);
  return viewer && { ...viewer, keyId: key.id };
}

/** Of people who sign in: the one of local mode has no address. */
const usable = (now: Date) => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  user: { email: { not: null } },
});

export function listApiKeys({ db }: Pick<Deps, "db">, viewer: Viewer): Promise<ApiKey[]> {
  return db.prisma.apiKey.findMany({ where: { userId: viewer.userId, revokedAt: null }, orderBy: { id: "desc" } });
}

/**
 * Makes a key of the viewer's. @returns it with its secret, which nobody can read again
 * @throws ValidationError, ForbiddenError when a key asks, ConflictError for too many
 */
export async function createApiKey(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: { name: string; scope: ApiKeyScope; expiresAt: Date | null },
): Promise<{ apiKey: ApiKey; secret: string }> {
  const { name } = parseInput(z.object({ name: storableText(80).trim().min(1, "a key needs a name") }), input);
  requirePerson(viewer, "A key makes no other keys");
  if (!reaches(viewer.role, roleOf[input.scope]))
    throw ValidationError.at(
      ["scope"],
      `your role is ${viewer.role}; a key may do no more than that`,
      "SCOPE_TOO_WIDE",
    );
  if (input.expiresAt && input.expiresAt <= new Date())
    throw ValidationError.at(["expiresAt"], "a key that has expired is of no use");
  const { userId } = viewer;
  if ((await db.prisma.apiKey.count({ where: { userId, revokedAt: null } })) >= maxKeys)
    throw new ConflictError(`A person has at most ${maxKeys} keys; revoke one first`, "TOO_MANY_KEYS");
  const secret = newSecret(keyPrefix);
  const apiKey = await db.prisma.apiKey.create({
    data: {
      userId,
      name,
      scope: input.scope,
      expiresAt: input.expiresAt,
      hash: hashSecret(secret),
      start: secret.slice(0, keyPrefix.length + 4),
    },
  });
  return { apiKey, secret };
}

/** Ends a key at once, with its open sockets. Whose it is, or ADMIN. @throws NotFoundError */
export async function revokeApiKey({ db, bus }: Pick<Deps, "db" | "bus">, viewer: Viewer, id: string): Promise<ApiKey> {
  const owned = viewer.role === "ADMIN" ? {} : { userId: viewer.userId };
  const key = await db.prisma.apiKey.findFirst({ where: { id, ...owned } });
  if (!key) throw new NotFoundError("The API key", ["id"]);
  if (viewer.isProgram && viewer.role !== "ADMIN") throw new ForbiddenError("A key revokes no keys; sign in to do so");
  await db.prisma.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  bus.publish("access.changed", { userId: key.userId });
  return db.prisma.apiKey.findUniqueOrThrow({ where: { id } });
}
