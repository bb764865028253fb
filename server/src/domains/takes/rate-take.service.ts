import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { visibleTakes } from "#domains/takes/visible-takes.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { Take } from "#platform/db/generated/client.ts";

const ratingInput = z.object({
  rating: z.number().int("whole stars only").min(1, "1 to 5 stars").max(5, "1 to 5 stars").nullable(),
});

/**
 * Gives a take 1 to 5 stars, or none with null. A rating decides nothing: it is for those who decide later.
 * @throws NotFoundError, ValidationError
 */
export async function rateTake(
  { db, bus }: Pick<Deps, "db" | "bus">,
  viewer: Viewer,
  { takeId, rating }: { takeId: string; rating: number | null },
): Promise<Take> {
  const checked = parseInput(ratingInput, { rating });
  const { count } = await db.prisma.take.updateMany({
    where: { AND: [{ id: takeId }, visibleTakes(viewer)] },
    data: checked,
  });
  if (count === 0) throw new NotFoundError("The take", ["takeId"]);
  const take = await db.prisma.take.findUnique({ where: { id: takeId } });
  if (!take) throw new NotFoundError("The take", ["takeId"]);
  bus.publish("take.changed", { takeId });
  return take;
}
