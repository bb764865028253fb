import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { requireAsset } from "#domains/assets/assets.service.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { collectArtifacts } from "#domains/takes/collect-artifacts.ts";
import { type DraftedRequest, prepareDispatch, type RunDraw } from "#domains/prompts/resolution.service.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { findEarlierJobs, hashPayload } from "#domains/queue/submit/idempotency.ts";
import type { PromptSnapshot, SubmitInput } from "#domains/queue/submit/submit-input.ts";
import { encodeId } from "#graphql/ids.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { stringifyJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Take } from "#platform/db/generated/client.ts";
import type { TakeStatus } from "#platform/db/generated/enums.ts";

/** Everything that made a take, kept with it. */
export interface TakeSnapshot {
  workflowVersionId: string;
  contentHash: string;
  prompts: PromptSnapshot[];
  params: unknown;
  inputSha256: string | null;
}

export interface GenerateTakeInput {
  sceneTypeId: string;
  characterId: string;
  inputAssetId?: string | undefined;
  seed?: bigint | undefined;
  params?: unknown;
  allowUnresolved: boolean;
  idempotencyKey?: string | undefined;
  /** Unsaved texts in place of stored ones, for a variant. */
  drafts?: Pick<DraftedRequest, "draftDefaults" | "draftOverrides" | "draftTexts"> | undefined;
}

export type TakeDeps = Pick<Deps, "config" | "db" | "storage" | "bus" | "runQueue" | "log">;

/**
 * Renders a scene type for a character: resolves the prompts, submits one run with exactly those texts, and keeps the
 * snapshot. Take and job are written in one transaction.
 * @throws NotFoundError, ValidationError (unresolved placeholders slot by slot, parameters), ConflictError
 */
export async function generateTake(deps: TakeDeps, viewer: Viewer, input: GenerateTakeInput): Promise<Take> {
  const { params } = parseInput(
    z.object({
      params: z.record(z.string(), z.unknown()).default({}),
      idempotencyKey: storableText(200).min(1).optional(),
    }),
    {
      params: input.params ?? undefined,
      idempotencyKey: input.idempotencyKey,
    },
  );
  // A repeat is known by what was asked for: what it resolves to may have been edited since.
  const { idempotencyKey, ...idempotencyPayload } = { ...input, params, kind: "take" };
  if (idempotencyKey !== undefined) {
    const earlier = await findEarlierJobs(deps, viewer, idempotencyKey, hashPayload(idempotencyPayload));
    if (earlier) return deps.db.prisma.take.findUniqueOrThrow({ where: { jobId: earlier[0] as string } });
  }
  const dispatch = await prepareDispatch(deps, viewer, {
    ...input.drafts,
    sceneTypeId: input.sceneTypeId,
    characterId: input.characterId,
  });
  const asset = input.inputAssetId ? await requireAsset(deps, viewer, input.inputAssetId, ["inputAssetId"]) : null;
  const version = await deps.db.prisma.workflowVersion.findUniqueOrThrow({
    where: { id: dispatch.sceneType.workflowVersionId },
  });
  const character = await deps.db.prisma.character.findUnique({ where: { id: input.characterId } });
  if (!character) throw new NotFoundError("The character", ["characterId"]);
  // The seed is drawn when the run is planned; prompts follow from it.
  const promptsAt = (run: RunDraw) => {
    const { slots, texts, problems } = dispatch.resolveAt(run);
    if (!input.allowUnresolved && problems.length > 0) throw new ValidationError(problems, "UNRESOLVED_PLACEHOLDERS");
    const snapshots = slots.map(({ slot, resolvedText, source }) => ({
      nodeId: slot.nodeId,
      inputName: slot.inputName,
      slotLabel: slot.label,
      text: resolvedText,
      source,
    }));
    return { texts, snapshots };
  };
  const snapshot: Omit<TakeSnapshot, "prompts"> = {
    workflowVersionId: version.id,
    contentHash: version.contentHash,
    params,
    inputSha256: asset?.sha256 ?? null,
  };
  const submission: SubmitInput = {
    workflowId: version.workflowId,
    workflowVersionId: version.id,
    projectId: character.projectId,
    name: `${dispatch.sceneType.name} · ${character.name}`,
    params,
    inputs: asset ? [{ assetId: encodeId("Asset", asset.id) }] : undefined,
    seed: input.seed,
    seedMode: input.seed === undefined ? "RANDOM" : "FIXED",
    // The take's own check above is the stricter one: it knows the layers.
    allowUnresolved: true,
    idempotencyKey,
    idempotencyPayload,
    resolved: promptsAt,
  };
  const { jobIds } = await submitJob(deps, viewer, submission, async (client, [jobId], [run]) => {
    await client.query(
      `INSERT INTO take (id, scene_type_id, character_id, job_id, input_asset_id, created_by_id, status, seed, snapshot, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'GENERATING', $7, $8, now())`,
      [
        uuidv7(),
        input.sceneTypeId,
        input.characterId,
        jobId,
        asset?.id ?? null,
        viewer.userId,
        run?.seed.toString(),
        stringifyJson({ ...snapshot, prompts: run?.prompts }),
      ],
    );
  });
  return deps.db.prisma.take.findUniqueOrThrow({ where: { jobId: jobIds[0] as string } });
}

/** Brings the take of an ended job to its own end. Idempotent; nothing happens while the job goes on. */
export async function settleTake(deps: Pick<Deps, "db">, jobId: string): Promise<void> {
  // Most jobs are no take's: one cheap look says so.
  const { rowCount } = await deps.db.pool.query({
    name: "take-of-job",
    text: "SELECT 1 FROM take WHERE job_id = $1",
    values: [jobId],
  });
  if (rowCount === 0) return;
  const take = await deps.db.prisma.take.findUnique({ where: { jobId }, include: { job: true } });
  if (!take?.job?.finishedAt || !(open as readonly TakeStatus[]).includes(take.status)) return;
  const { status } = take.job;
  if (status === "SUCCEEDED" || status === "PARTIAL") {
    return collectArtifacts(deps, take.id, jobId);
  }
  // A retry may have brought the job back to life since it was read.
  await deps.db.prisma.take.updateMany({
    where: { id: take.id, status: { in: [...open] }, job: { status } },
    data: { status: status === "CANCELED" ? "CANCELED" : "FAILED" },
  });
}

/** A retry goes on with the job of a take that had ended badly. */
export async function reopenTake({ db }: Pick<Deps, "db">, jobId: string): Promise<void> {
  await db.prisma.take.updateMany({
    where: { jobId, status: { in: ["FAILED", "CANCELED"] } },
    data: { status: "GENERATING" },
  });
}

/** States that the job decides; the others are a person's. */
const open = ["PENDING", "GENERATING", "FAILED", "CANCELED"] as const satisfies TakeStatus[];

/** Takes whose job ended while nobody was there to tell them, after a crash. */
export async function settleForgottenTakes(deps: Pick<Deps, "db">): Promise<void> {
  const forgotten = await deps.db.prisma.take.findMany({
    where: { status: { in: ["PENDING", "GENERATING"] }, job: { finishedAt: { not: null } } },
    select: { jobId: true },
  });
  for (const { jobId } of forgotten) await settleTake(deps, jobId as string);
}
