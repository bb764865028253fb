import type { Viewer } from "#domains/accounts/viewer.ts";
import { dropAssets } from "#domains/takes/artifacts/store-file.ts";
import { cancelTake, type CancelDeps } from "#domains/takes/segments/cancel-take.service.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";

/**
 * Deletes a take with its segments and the files that were made for it here: frames, cut and joined clips. Its jobs stay with
 * their outputs; one that is under way is canceled first.
 * @throws NotFoundError, ConflictError (code TAKE_APPROVED)
 */
export async function deleteTake(deps: CancelDeps, viewer: Viewer, takeId: string): Promise<void> {
  // What is canceled can't get another segment, so nothing is left behind that renders for nobody.
  const { status } = await cancelTake(deps, viewer, takeId);
  const approved = () =>
    new ConflictError(
      "The take is approved; take the approval back (reviewTake) before you delete it",
      "TAKE_APPROVED",
      ["takeId"],
    );
  if (status === "APPROVED") throw approved();
  const { prisma } = deps.db;
  const { count } = await prisma.take.deleteMany({ where: { id: takeId, status: { not: "APPROVED" } } });
  if (count === 0) {
    if (await prisma.take.findUnique({ where: { id: takeId }, select: { id: true } })) throw approved();
    throw new NotFoundError("The take", ["takeId"]);
  }
  deps.bus.publish("take.changed", { takeId });
  const files = await prisma.asset.findMany({ where: { folder: `takes/${takeId}` }, select: { id: true } });
  await dropAssets(
    deps,
    files.map(({ id }) => id),
  );
}
