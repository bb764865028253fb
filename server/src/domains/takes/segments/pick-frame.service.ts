import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { type BoundaryDeps, endAtPicked } from "#domains/takes/segments/boundary.ts";
import { loadDrivenTake } from "#domains/takes/segments/load-take.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Take } from "#platform/db/generated/client.ts";

/**
 * Ends a waiting segment with one of the frames that were laid out; the clip is cut there and the take goes on. Of several
 * people, and of those who cancel or reject meanwhile, the first has a say.
 * @throws NotFoundError, ConflictError (codes NOT_WAITING, TAKE_CANCELED, TAKE_REJECTED), ValidationError for a frame that is
 *   none of them
 */
export async function pickBoundaryFrame(
  deps: BoundaryDeps & Pick<Deps, "bus" | "takeDriver">,
  viewer: Viewer,
  { segmentId, frame }: { segmentId: string; frame: number },
): Promise<Take> {
  const segment = await findSegment(deps, viewer, segmentId);
  if (segment.status !== "WAITING") throw notWaiting(segment);
  const candidate = segment.candidates.find(({ index }) => index === frame);
  if (!candidate) {
    const [first, last] = [segment.candidates[0]?.index, segment.candidates.at(-1)?.index];
    throw ValidationError.at(["frame"], `frame ${frame} is not laid out; choose one from ${first} to ${last}`);
  }
  const take = await loadDrivenTake(deps, segment.takeId);
  const driven = take?.segments.find(({ id }) => id === segmentId);
  if (!take || !driven || !(await endAtPicked(deps, take, driven, candidate.secs)))
    throw notWaiting(await findSegment(deps, viewer, segmentId));
  deps.bus.publish("take.changed", { takeId: take.id });
  deps.takeDriver.wake(take.id);
  return deps.db.prisma.take.findUniqueOrThrow({ where: { id: take.id } });
}

type FoundSegment = Awaited<ReturnType<typeof findSegment>>;

async function findSegment({ db }: Pick<Deps, "db">, viewer: Viewer, segmentId: string) {
  const segment = await db.prisma.takeSegment.findFirst({
    where: { id: segmentId, take: { character: ofProject(viewer) } },
    include: { candidates: { orderBy: { index: "asc" } }, take: { select: { status: true } } },
  });
  if (!segment) throw new NotFoundError("The segment", ["segmentId"]);
  return segment;
}

/** Why no frame can be picked, and what can be done. */
function notWaiting({ status, boundaryIndex, take }: FoundSegment): ConflictError {
  const because = (why: string, code: string): ConflictError => new ConflictError(why, code, ["segmentId"]);
  if (take.status === "CANCELED")
    return because("The take was canceled; resume it (resumeTake) and pick a frame then", "TAKE_CANCELED");
  if (take.status === "REJECTED")
    return because("The take was rejected; let it go on (resumeTake) and pick a frame then", "TAKE_REJECTED");
  if (boundaryIndex !== null)
    return because(
      `The segment ends with frame ${boundaryIndex} already; render the take again (reproduceTake) to end it with another`,
      "NOT_WAITING",
    );
  return because(`The segment is ${status} and waits for no frame; pick one when it is WAITING`, "NOT_WAITING");
}
