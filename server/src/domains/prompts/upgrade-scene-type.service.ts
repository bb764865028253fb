import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireSceneType } from "#domains/prompts/scene-types.service.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { PromptSlot, SceneType, WorkflowVersion } from "#platform/db/generated/client.ts";

export interface UpgradeInput {
  id: string;
  /** The workflow's current version unless said. */
  workflowVersionId?: string | undefined;
  /** Says what would happen and changes nothing. */
  dryRun: boolean;
  /** Confirms that texts whose slot the version does not have are removed. */
  removeOrphans: boolean;
}

/** A slot that the version does not have, with the scene type's texts on it. */
export interface LostSlot {
  slot: PromptSlot;
  defaultCount: number;
  overrideCount: number;
}

export interface UpgradeReport {
  from: WorkflowVersion;
  to: WorkflowVersion;
  defaultsKept: number;
  overridesKept: number;
  lost: LostSlot[];
}

/**
 * Moves a scene type to another version of its workflow. Texts go along by slot; those whose slot the version does not
 * have are removed only when that was confirmed.
 * @throws NotFoundError, ValidationError (version of another workflow), ConflictError (TEXTS_WOULD_BE_LOST)
 */
export async function upgradeSceneType(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: UpgradeInput,
): Promise<{ sceneType: SceneType; report: UpgradeReport }> {
  return db.prisma.$transaction(async (tx) => {
    const found = await requireSceneType(tx, viewer, input.id, ["id"]);
    // Texts must not change between the counting and the moving.
    await tx.$executeRaw`SELECT id FROM scene_type WHERE id = ${found.id}::uuid FOR UPDATE`;
    const sceneType = await tx.sceneType.findUniqueOrThrow({ where: { id: found.id } });
    const { from, to } = await findVersions(tx, sceneType, input.workflowVersionId);
    const report = { from, to, ...(await countTexts(tx, sceneType.id, to.id)) };
    if (input.dryRun) return { sceneType, report };
    if (report.lost.length > 0 && !input.removeOrphans) throw wouldLose(report);
    const slotId = { in: report.lost.map(({ slot }) => slot.id) };
    await tx.scenePromptDefault.deleteMany({ where: { sceneTypeId: sceneType.id, slotId } });
    await tx.promptOverride.deleteMany({ where: { sceneTypeId: sceneType.id, slotId } });
    const moved = await tx.sceneType.update({ where: { id: sceneType.id }, data: { workflowVersionId: to.id } });
    return { sceneType: moved, report };
  });
}

async function findVersions(tx: PrismaTx, sceneType: SceneType, wanted: string | undefined) {
  const from = await tx.workflowVersion.findUniqueOrThrow({
    where: { id: sceneType.workflowVersionId },
    include: { workflow: { select: { currentVersionId: true } } },
  });
  const to = await tx.workflowVersion.findUnique({
    where: { id: wanted ?? from.workflow.currentVersionId ?? from.id },
  });
  if (!to) throw new NotFoundError("The workflow version", ["workflowVersionId"]);
  if (to.workflowId !== from.workflowId) {
    throw ValidationError.at(["workflowVersionId"], "this version belongs to another workflow than the scene type's");
  }
  return { from, to };
}

async function countTexts(tx: PrismaTx, sceneTypeId: string, versionId: string) {
  const where = { sceneTypeId };
  const [defaults, overrides] = [
    await tx.scenePromptDefault.groupBy({ by: ["slotId"], where, _count: true }),
    await tx.promptOverride.groupBy({ by: ["slotId"], where, _count: true }),
  ];
  const defaultCounts = new Map(defaults.map(({ slotId, _count }) => [slotId, _count]));
  const overrideCounts = new Map(overrides.map(({ slotId, _count }) => [slotId, _count]));
  const slots = await tx.promptSlot.findMany({
    where: { id: { in: [...defaultCounts.keys(), ...overrideCounts.keys()] } },
    include: { texts: { where: { versionId }, select: { versionId: true } } },
    orderBy: [{ sortOrder: "asc" }, { id: "asc" }],
  });
  const counted = slots.map(({ texts, ...slot }) => ({
    slot,
    isKept: texts.length > 0,
    defaultCount: defaultCounts.get(slot.id) ?? 0,
    overrideCount: overrideCounts.get(slot.id) ?? 0,
  }));
  const kept = counted.filter(({ isKept }) => isKept);
  return {
    defaultsKept: kept.reduce((sum, { defaultCount }) => sum + defaultCount, 0),
    overridesKept: kept.reduce((sum, { overrideCount }) => sum + overrideCount, 0),
    lost: counted
      .filter(({ isKept }) => !isKept)
      .map(({ slot, defaultCount, overrideCount }): LostSlot => ({ slot, defaultCount, overrideCount })),
  };
}

function wouldLose({ to, lost }: UpgradeReport): ConflictError {
  const slots = lost.map(
    ({ slot, defaultCount, overrideCount }) =>
      `"${slot.label}" (${defaultCount} scene type texts, ${overrideCount} overrides)`,
  );
  return new ConflictError(
    `Version ${to.number} has no such slot any more: ${slots.join(", ")}. Confirm with removeOrphans that these texts go.`,
    "TEXTS_WOULD_BE_LOST",
    ["removeOrphans"],
  );
}
