import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { safeFilename, splitName } from "#domains/assets/logic/filename.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import type { Timeline, TimelineClip } from "#domains/takes/logic/edit-list.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import { ConflictError } from "#lib/domain-error.ts";

/** A clip of a project's timeline, and the file that it is. */
export type ProjectClip = TimelineClip & { takeId: string; sha256: string; assetId: string; bytes: number };
export type ProjectTimeline = Omit<Timeline, "clips"> & { clips: readonly ProjectClip[] };

/** How long a still stands, and the rate of a timeline of stills. */
const stillSecs = 3;
const stillFps = 24;

/**
 * The approved takes of a project, by scene type and character; of several for one pair the newest. Times are in frames of
 * the first clip's rate. @throws NotFoundError, ConflictError (code NOTHING_APPROVED)
 */
export async function projectTimeline(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  projectId: string,
): Promise<ProjectTimeline> {
  await requireExistingProject({ db }, viewer, projectId);
  return timelineOf({ db }, projectId);
}

/** For whom a signed link speaks. @throws as projectTimeline */
export async function timelineOf({ db }: Pick<Deps, "db">, projectId: string): Promise<ProjectTimeline> {
  const project = await db.prisma.project.findUniqueOrThrow({ where: { id: projectId }, select: { name: true } });
  const takes = await db.prisma.take.findMany({
    where: { status: "APPROVED", character: { projectId }, artifacts: { some: { isPrimary: true } } },
    distinct: ["sceneTypeId", "characterId"],
    orderBy: { id: "desc" },
    include: {
      sceneType: { select: { name: true } },
      character: { select: { name: true } },
      artifacts: { where: { isPrimary: true }, take: 1, include: { asset: { include: { blob: true } } } },
    },
  });
  if (takes.length === 0)
    throw new ConflictError("The project has no approved take yet; approve some first", "NOTHING_APPROVED", [
      "projectId",
    ]);
  const ordered = takes.toSorted(
    (a, b) => compareNatural(a.sceneType.name, b.sceneType.name) || compareNatural(a.character.name, b.character.name),
  );
  const fps = ordered.flatMap(({ artifacts }) => artifacts[0]?.fps ?? [])[0] ?? stillFps;
  const clips = ordered.flatMap(({ id, sceneType, character, artifacts }, index): ProjectClip[] => {
    const [artifact] = artifacts;
    if (!artifact) return [];
    const { asset } = artifact;
    const secs = artifact.durationSecs ?? asset.blob.durationSecs ?? stillSecs;
    const number = String(index + 1).padStart(3, "0");
    const stem = safeFilename(`${number} ${sceneType.name} ${character.name}`);
    return [
      {
        name: `${sceneType.name} · ${character.name}`,
        filename: `${stem}${splitName(asset.filename).extension.toLowerCase()}`,
        frames: Math.max(1, Math.round(secs * fps)),
        takeId: id,
        record: { takeId: id },
        sha256: asset.sha256,
        assetId: asset.id,
        bytes: Number(asset.blob.bytes),
      },
    ];
  });
  return { name: project.name, fps, folder: "media", clips };
}
