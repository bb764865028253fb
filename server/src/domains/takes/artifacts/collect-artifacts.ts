import type { Deps } from "#app/deps.ts";
import { measure } from "#domains/takes/artifacts/measure.ts";
import { readOutputs } from "#domains/takes/artifacts/read-outputs.ts";
import { openTake } from "#domains/takes/take-record.ts";
import type { Prisma, SceneType } from "#platform/db/generated/client.ts";

export type ArtifactDeps = Pick<Deps, "db" | "storage" | "media">;
export type NewArtifact = Omit<Prisma.ArtifactCreateManyInput, "takeId">;

/** Writes the artifacts of a take from its one job's outputs and puts it up for review. Running it again changes nothing. */
export async function collectArtifacts(
  deps: ArtifactDeps,
  { id, sceneTypeId }: { id: string; sceneTypeId: string },
  jobId: string,
): Promise<void> {
  const sceneType = await deps.db.prisma.sceneType.findUniqueOrThrow({ where: { id: sceneTypeId } });
  const { outputs, seed } = await readOutputs(deps, jobId, sceneType.chunkOutputPattern);
  const artifacts: NewArtifact[] = [];
  for (const { assetId, kind, sequenceIndex, isPrimary, sha256 } of outputs)
    artifacts.push({ assetId, kind, sequenceIndex, isPrimary, ...(await measure(deps, sha256)) });
  await putUpForReview(deps, id, { artifacts, seed, warnings: warningsOf(sceneType, outputs) });
}

function warningsOf({ expectedChunks }: SceneType, outputs: readonly { kind: string }[]): string[] {
  const chunks = outputs.filter(({ kind }) => kind === "CHUNK").length;
  return expectedChunks !== null && chunks < expectedChunks
    ? [`${chunks} of ${expectedChunks} expected chunks were found.`]
    : [];
}

/** @returns false when a person has decided about the take, or somebody else has put it up */
export async function putUpForReview(
  { db }: Pick<Deps, "db">,
  takeId: string,
  { artifacts, seed, warnings }: { artifacts: NewArtifact[]; seed: string | null; warnings: string[] },
): Promise<boolean> {
  return db.prisma.$transaction(async (tx) => {
    // First, for its lock on the row: two who hear of the same end don't get into each other's way.
    const { count } = await tx.take.updateMany({
      where: openTake(takeId),
      data: { status: "REVIEW", warnings, ...(seed === null ? {} : { seed }) },
    });
    if (count === 0) return false;
    await keepMachines(tx, takeId);
    await tx.artifact.deleteMany({ where: { takeId } });
    await tx.artifact.createMany({ data: artifacts.map((artifact) => ({ ...artifact, takeId })) });
    return true;
  });
}

async function keepMachines(tx: Prisma.TransactionClient, takeId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE take SET snapshot = jsonb_set(snapshot, '{machines}', (
      SELECT coalesce(jsonb_agg(DISTINCT machine.name), '[]') FROM run JOIN machine ON machine.id = run.machine_id
      WHERE run.status = 'SUCCEEDED' AND (run.job_id = take.job_id
        OR run.job_id IN (SELECT job_id FROM take_segment WHERE take_id = take.id))))
    WHERE id = ${takeId}::uuid`;
}
