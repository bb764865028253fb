import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Take } from "#platform/db/generated/client.ts";

/** What a reviewer may say; REVIEW takes back what was said. */
export type ReviewVerdict = "APPROVED" | "REJECTED" | "REVIEW";

const reviewable = ["REVIEW", "APPROVED", "REJECTED"] as const;

/** Writes down what a person thinks of a take. @throws NotFoundError, ConflictError (code NOT_REVIEWABLE), ValidationError */
export async function reviewTake(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  { takeId, verdict, note }: { takeId: string; verdict: ReviewVerdict; note?: string | undefined },
): Promise<Take> {
  const checked = parseInput(z.object({ note: storableText(5_000).trim().optional() }), { note });
  const visible = { id: takeId, character: ofProject(viewer) };
  const { count } = await db.prisma.take.updateMany({
    where: { ...visible, status: { in: [...reviewable] } },
    data: { status: verdict, reviewNote: checked.note || null, reviewedById: viewer.userId, reviewedAt: new Date() },
  });
  const take = await db.prisma.take.findFirst({ where: visible });
  if (!take) throw new NotFoundError("The take", ["takeId"]);
  if (count === 0)
    throw new ConflictError(`The take is ${take.status}; it can be reviewed once it is rendered`, "NOT_REVIEWABLE", [
      "takeId",
    ]);
  return take;
}
