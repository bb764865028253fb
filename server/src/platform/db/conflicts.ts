import { ConflictError } from "#lib/domain-error.ts";
import { Prisma } from "#platform/db/generated/client.ts";

/** P2002 is Prisma's code for a broken unique constraint. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/** Turns a broken unique constraint into a ConflictError with this message; other errors pass. */
export async function conflictOnUnique<T>(write: () => Promise<T>, message: string, path: string[]): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw new ConflictError(message, "NAME_TAKEN", path);
    throw error;
  }
}
