import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";

export type DrivenTake = NonNullable<Awaited<ReturnType<typeof loadDrivenTake>>>;
export type DrivenSegment = DrivenTake["segments"][number];

/** A take with all that driving it needs; null when it is gone. */
export async function loadDrivenTake({ db }: Pick<Deps, "db">, takeId: string) {
  return db.prisma.take.findUnique({
    where: { id: takeId },
    include: {
      job: true,
      createdBy: true,
      character: { select: { name: true, projectId: true } },
      sceneType: { select: { name: true } },
      segments: {
        orderBy: { index: "asc" },
        include: { job: true, outputAsset: { include: { blob: true } }, boundaryAsset: true },
      },
    },
  });
}

/** Who goes on with a take while nobody asks: the person who asked for it, with eyes for its project alone. */
export function viewerOf({ createdBy, character }: Pick<DrivenTake, "createdBy" | "character">): Viewer {
  const { id: userId, name } = createdBy;
  return { userId, name, role: "CREATOR", projectIds: [character.projectId] };
}

export function ownerOf({ id, createdById, character }: Pick<DrivenTake, "id" | "createdById" | "character">) {
  return { takeId: id, createdById, projectId: character.projectId };
}
