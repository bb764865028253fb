import { type FindDeps, linkTo } from "#domains/webhooks/find-events.ts";
import type { FoundEvent } from "#domains/webhooks/logic/payload.ts";
import { encodeId } from "#graphql/ids.ts";

/**
 * Takes that came up for review, and that were decided. What a take has to show says which coming up it is: one that is
 * extended comes up again with other files, and a verdict that is taken back is no news.
 */
export async function findTakeEvents(deps: FindDeps, since: Date, takeIds?: string[]): Promise<FoundEvent[]> {
  const takes = await deps.db.prisma.take.findMany({
    where: {
      status: { in: ["REVIEW", "APPROVED", "REJECTED"] },
      ...(takeIds ? { id: { in: takeIds } } : { updatedAt: { gte: since } }),
    },
    select: {
      id: true,
      status: true,
      rating: true,
      reviewNote: true,
      reviewedAt: true,
      sceneType: { select: { id: true, name: true } },
      character: { select: { id: true, name: true, project: { select: { id: true, name: true } } } },
      artifacts: { select: { id: true, createdAt: true }, orderBy: { id: "desc" }, take: 1 },
    },
  });
  return takes.flatMap(({ sceneType, character, artifacts, ...take }) => {
    const { project } = character;
    const characterId = encodeId("Character", character.id);
    const sceneTypeId = encodeId("SceneType", sceneType.id);
    const data = {
      take: {
        id: encodeId("Take", take.id),
        status: take.status,
        rating: take.rating,
        reviewNote: take.reviewNote,
        sceneType: { id: sceneTypeId, name: sceneType.name },
        character: { id: characterId, name: character.name },
        project: { id: encodeId("Project", project.id), name: project.name },
        ...linkTo(
          deps,
          `/gallery?view=takes&${new URLSearchParams({ character: characterId, scene: sceneTypeId }).toString()}`,
        ),
      },
    };
    const [artifact] = artifacts;
    const isDecided = take.status !== "REVIEW";
    const at = isDecided ? take.reviewedAt : artifact?.createdAt;
    if (!at || at < since) return [];
    const event = isDecided ? ("TAKE_DECIDED" as const) : ("TAKE_REVIEW" as const);
    const key = `${take.id} ${isDecided ? at.toISOString() : artifact?.id}`;
    return [{ event, key, at, projectId: project.id, data }];
  });
}

/** Machines that stopped answering, or began to. */
export async function findMachineEvents({ db }: Pick<FindDeps, "db">, since: Date): Promise<FoundEvent[]> {
  const machines = await db.prisma.machine.findMany({
    where: {
      isEnabled: true,
      OR: [
        { isReachable: false, unreachableSince: { gte: since } },
        { isReachable: true, reachableSince: { gte: since } },
      ],
    },
    select: { id: true, name: true, isReachable: true, lastError: true, unreachableSince: true, reachableSince: true },
  });
  return machines.flatMap(({ id, name, isReachable, lastError, unreachableSince, reachableSince }) => {
    const at = isReachable ? reachableSince : unreachableSince;
    if (!at) return [];
    return [
      {
        event: isReachable ? ("MACHINE_REACHABLE" as const) : ("MACHINE_UNREACHABLE" as const),
        key: `${id} ${at.toISOString()}`,
        at,
        projectId: undefined,
        data: { machine: { id: encodeId("Machine", id), name, isReachable, error: lastError } },
      },
    ];
  });
}
