import { createHash } from "node:crypto";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { ConflictError } from "#lib/domain-error.ts";
import { canonicalJson, type JsonValue } from "#lib/json.ts";

/** Stands between a key and the number of a job of one submission; people's keys don't hold it. */
const partMark = "\u001f";

/** The key that is stored with the nth job (from 0) of a submission that was split. */
export function keyOfPart(key: string, part: number): string {
  return part === 0 ? key : `${key}${partMark}${part + 1}`;
}

/** Equal for equal content, whatever the order of its keys. */
export function hashPayload(payload: unknown): string {
  const plain = JSON.parse(
    JSON.stringify(payload, (_name, value: unknown) => (typeof value === "bigint" ? value.toString() : value)),
  ) as JsonValue;
  return createHash("sha256").update(canonicalJson(plain)).digest("hex");
}

/** The jobs that this person's key made before, or null. @throws ConflictError when they had another payload */
export async function findEarlierJobs(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  key: string,
  payloadHash: string,
): Promise<string[] | null> {
  const jobs = await db.prisma.job.findMany({
    where: {
      createdById: viewer.userId,
      OR: [{ idempotencyKey: key }, { idempotencyKey: { startsWith: `${key}${partMark}` } }],
    },
    orderBy: { id: "asc" },
    select: { id: true, idempotencyKey: true, payloadHash: true },
  });
  const [first] = jobs.filter((job) => job.idempotencyKey === key);
  if (!first) return null;
  if (first.payloadHash !== payloadHash) {
    throw new ConflictError("This idempotency key was used for another submission", "IDEMPOTENCY_KEY_REUSED", [
      "idempotencyKey",
    ]);
  }
  // The database's wildcards are not ours: only true beginnings count.
  return jobs
    .filter((job) => job.id === first.id || job.idempotencyKey?.startsWith(`${key}${partMark}`))
    .map((job) => job.id);
}
