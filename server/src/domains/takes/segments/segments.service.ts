import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { prepareDispatch } from "#domains/prompts/resolution.service.ts";
import { loadDrivenTake } from "#domains/takes/segments/load-take.ts";
import { seedOfSegment } from "#domains/takes/store-take.ts";
import type { TakePrompt, TakeRequest } from "#domains/takes/take-record.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Prisma, Take, WorkflowVersion } from "#platform/db/generated/client.ts";
import { currentRequestId } from "#platform/work/scope.ts";

/** Segments that a take may have. */
const maxSegments = 500;

/**
 * Lets a take go on for some more segments, from where it ends.
 * @throws NotFoundError, ValidationError (number, unresolved placeholders), ConflictError (codes TAKE_DECIDED,
 *   NO_CONTINUATION: it has no clip that could be continued, or its workflow starts from no picture)
 */
export async function extendTake(
  deps: Pick<Deps, "db" | "bus" | "takeDriver">,
  viewer: Viewer,
  { takeId, segments: more }: { takeId: string; segments: number },
): Promise<Take> {
  const visible = await deps.db.prisma.take.count({ where: { id: takeId, character: ofProject(viewer) } });
  const take = visible > 0 ? await loadDrivenTake(deps, takeId) : null;
  if (!take) throw new NotFoundError("The take", ["takeId"]);
  if (!Number.isInteger(more) || more < 1 || take.segments.length + more > maxSegments)
    throw ValidationError.at(
      ["segments"],
      `a take has 1 to ${maxSegments} segments; this one has ${take.segments.length}`,
    );
  if (take.status !== "REVIEW" && take.status !== "GENERATING")
    throw new ConflictError(
      `The take is ${take.status}; only one that is rendered or under way can be extended`,
      "TAKE_DECIDED",
      ["takeId"],
    );
  const version = await requireClips(deps, take);
  const seed = BigInt(take.seed?.toFixed() ?? 0);
  const prompts = await continuationPrompts(deps, viewer, take, seed);
  await deps.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.take.updateMany({
      where: { id: takeId, status: { in: ["REVIEW", "GENERATING"] } },
      data: { status: "GENERATING", requestId: currentRequestId() },
    });
    if (count === 0) throw new ConflictError("Somebody has decided about the take", "TAKE_DECIDED", ["takeId"]);
    const first = await tx.takeSegment.count({ where: { takeId } });
    await tx.takeSegment.createMany({
      data: Array.from({ length: more }, (_, offset) => ({
        takeId,
        index: first + offset,
        clipPosition: "CONTINUATION_CLIP" as const,
        prompts: prompts as unknown as Prisma.InputJsonArray,
        seed: seedOfSegment(version, seed, first + offset).toString(),
      })),
    });
  });
  deps.bus.publish("take.changed", { takeId });
  deps.takeDriver.wake(takeId);
  return deps.db.prisma.take.findUniqueOrThrow({ where: { id: takeId } });
}

/** @returns the version that the take is made with */
async function requireClips(
  { db }: Pick<Deps, "db">,
  { segments, snapshot }: NonNullable<Awaited<ReturnType<typeof loadDrivenTake>>>,
): Promise<WorkflowVersion> {
  const { workflowVersionId } = snapshot as { workflowVersionId: string };
  const { workflow, ...version } = await db.prisma.workflowVersion.findUniqueOrThrow({
    where: { id: workflowVersionId },
    include: { workflow: { select: { inputKind: true } } },
  });
  const hasClip = segments.some(({ durationSecs }) => durationSecs !== null);
  if (workflow.inputKind === "IMAGE" && segments.length > 0 && (hasClip || segments.at(-1)?.status !== "DONE"))
    return version;
  throw new ConflictError(
    "Only a take of clips whose workflow starts from a picture can be extended",
    "NO_CONTINUATION",
    ["takeId"],
  );
}

/** As the take's own later segments have them, else resolved as they stand now. */
async function continuationPrompts(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  take: NonNullable<Awaited<ReturnType<typeof loadDrivenTake>>>,
  seed: bigint,
): Promise<TakePrompt[]> {
  const last = take.segments.at(-1);
  if (last?.clipPosition === "CONTINUATION_CLIP") return last.prompts as unknown as TakePrompt[];
  const { drafts, allowUnresolved } = take.request as unknown as TakeRequest;
  const { sceneTypeId, characterId } = take;
  const dispatch = await prepareDispatch(deps, viewer, { ...drafts, sceneTypeId, characterId });
  const { slots, problems } = dispatch.resolveAt({ seed, tryIndex: 0, clipPosition: "CONTINUATION_CLIP" });
  if (problems.length > 0 && !allowUnresolved) throw new ValidationError(problems, "UNRESOLVED_PLACEHOLDERS");
  return slots.map(({ slot: { nodeId, inputName, label }, resolvedText, source, spans }) => ({
    nodeId,
    inputName,
    slotLabel: label,
    text: resolvedText,
    source,
    spans,
  }));
}
