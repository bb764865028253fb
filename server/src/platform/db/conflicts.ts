import { ConflictError } from "#lib/domain-error.ts";
import { Prisma } from "#platform/db/generated/client.ts";

/** P2002 is Prisma's code for a broken unique constraint. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/** Words in the name of the constraint that was broken, such as machine_url_key: table and columns. */
function brokenConstraint(error: unknown): string[] {
  const meta = (error as { meta?: { driverAdapterError?: { cause?: { constraint?: { index?: string } } } } }).meta;
  return (meta?.driverAdapterError?.cause?.constraint?.index ?? "").split("_");
}

/**
 * Turns a broken unique constraint into a ConflictError with this message; other errors pass.
 * @param fields of the input that can be to blame; the error names the one that the constraint is about, else the first
 */
export async function conflictOnUnique<T>(write: () => Promise<T>, message: string, fields: string[]): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const words = brokenConstraint(error);
    throw new ConflictError(message, "NAME_TAKEN", [
      fields.find((field) => words.includes(field)) ?? fields[0] ?? "name",
    ]);
  }
}

/** Whether a statement of the pool was refused because other rows refer to the one that it deletes. 23001 is Postgres 18's. */
export function isReferenceViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "23503" || error.code === "23001");
}
