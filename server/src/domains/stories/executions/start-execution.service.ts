import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { prepareBlob } from "#domains/assets/assets.service.ts";
import { hashPayload } from "#domains/queue/submit/idempotency.ts";
import { asPng, inputHashOf } from "#domains/stories/executions/input-picture.ts";
import { type ExecutionInput, type ExecutionPlan, planExecution } from "#domains/stories/executions/plan-execution.ts";
import { preflightPlan } from "#domains/stories/executions/preflight-execution.service.ts";
import { execIdAt, isExecId } from "#domains/stories/logic/exec-id.ts";
import { executionFolder, sourceFilename } from "#domains/stories/logic/execution-paths.ts";
import { ConflictError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { isUniqueViolation } from "#platform/db/conflicts.ts";
import type { Execution, Prisma } from "#platform/db/generated/client.ts";
import type { StoredBlob } from "#platform/storage/storage.ts";
import { currentRequestId } from "#platform/work/scope.ts";

export interface StartExecutionInput extends ExecutionInput {
  /** Drawn unless given. */
  execId?: string | undefined;
  /** Whether it waits for a person after the images; true with several variants unless said. */
  pausesForChoice?: boolean | undefined;
  idempotencyKey?: string | undefined;
}

export type StartDeps = Pick<Deps, "config" | "db" | "storage" | "bus" | "executionDriver">;

/**
 * Starts to render a branch. All of it is planned and checked, down to the texts of every run, and stored in one
 * transaction; the driver goes on from there. A repeat with the same key answers the first one.
 * @throws NotFoundError, ValidationError that lists all that stands against it, ConflictError (EXEC_ID_TAKEN,
 * IDEMPOTENCY_KEY_REUSED)
 */
export async function startExecution(deps: StartDeps, viewer: Viewer, input: StartExecutionInput): Promise<Execution> {
  const { idempotencyKey } = parseInput(startFields, input);
  const { execId: given } = input;
  if (given !== undefined && !isExecId(given))
    throw ValidationError.at(["execId"], "execId is YYYYMMDD_HHMMSS_rrrrrr: a moment in UTC and six of a-z and 0-9");
  const { idempotencyKey: _key, ...payload } = input;
  const payloadHash = idempotencyKey === undefined ? null : hashPayload(payload);
  const earlier = await findEarlier(deps, viewer, idempotencyKey, payloadHash);
  if (earlier) return earlier;
  const plan = await planExecution(deps, viewer, input);
  await preflightPlan(deps, viewer, plan);
  plan.findings.requireNoneBlocking();
  const source = await sourceOf(deps, plan);
  const execId = given ?? execIdAt(new Date(), randomBytes(6));
  try {
    const execution = await deps.db.prisma.$transaction(
      (tx) =>
        store(tx, viewer, plan, {
          ...source,
          execId,
          pausesForChoice: input.pausesForChoice ?? plan.variants > 1,
          idempotencyKey: idempotencyKey ?? null,
          payloadHash,
        }),
      { timeout: 60_000 },
    );
    deps.bus.publish("execution.changed", { executionId: execution.id });
    deps.executionDriver.wake(execution.id);
    return execution;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const first = await findEarlier(deps, viewer, idempotencyKey, payloadHash);
    if (first) return first;
    throw new ConflictError(
      `There is an execution ${execId} already; give another execId, or leave it out`,
      "EXEC_ID_TAKEN",
      ["execId"],
    );
  }
}

const startFields = z.object({ idempotencyKey: storableText(200).min(1).optional() });

async function findEarlier(
  { db }: Pick<Deps, "db">,
  { userId }: Viewer,
  idempotencyKey: string | undefined,
  payloadHash: string | null,
): Promise<Execution | null> {
  if (idempotencyKey === undefined) return null;
  const where = { createdById_idempotencyKey: { createdById: userId, idempotencyKey } };
  const earlier = await db.prisma.execution.findUnique({ where });
  if (earlier && earlier.payloadHash !== payloadHash)
    throw new ConflictError("This idempotency key was used for another execution", "IDEMPOTENCY_KEY_REUSED", [
      "idempotencyKey",
    ]);
  return earlier;
}

interface Source {
  inputHash: string;
  blob: StoredBlob;
}

async function sourceOf(deps: StartDeps, { asset }: ExecutionPlan): Promise<Source> {
  await using file = await deps.storage.localCopy(asset.sha256);
  const inputHash = await inputHashOf(file.path, ["inputAssetId"]);
  const blob = await deps.storage.putBytes(await asPng(file.path, ["inputAssetId"]));
  await prepareBlob(deps, blob);
  return { inputHash, blob };
}

interface Started extends Source {
  execId: string;
  pausesForChoice: boolean;
  idempotencyKey: string | null;
  payloadHash: string | null;
}

async function store(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  plan: ExecutionPlan,
  { inputHash, blob, execId, ...started }: Started,
): Promise<Execution> {
  const { branch, story, name, variants, pool, priority, seed, frames, targets } = plan;
  const { projectId } = branch;
  const owner = { projectId, createdById: viewer.userId };
  const job = await tx.parentJob.create({ data: { ...owner, name: `${name} · ${execId}` } });
  const sourceAsset = await tx.asset.create({
    data: {
      ...owner,
      sha256: blob.sha256,
      kind: "STAGED",
      folder: `${executionFolder({ story, jobId: job.id, execId })}/input`,
      filename: sourceFilename(inputHash),
    },
  });
  const execution = await tx.execution.create({
    data: {
      ...started,
      branchId: branch.id,
      execId,
      story,
      jobId: job.id,
      variants,
      sourceAssetId: sourceAsset.id,
      inputHash,
      imageVersionId: targets.IMAGES.versionId,
      videoVersionId: targets.VIDEOS.versionId,
      firstFrameKey: frames.first,
      lastFrameKey: frames.last,
      pool,
      priority,
      seed: seed.toString(),
      requestId: currentRequestId(),
      createdById: viewer.userId,
    },
  });
  const scenes = plan.scenes.map((scene) => ({ ...scene, id: uuidv7() }));
  await tx.executionScene.createMany({
    data: scenes.map(({ id, order, slug, params, scene }) => ({
      id,
      executionId: execution.id,
      order,
      sceneId: scene.id,
      title: scene.title,
      slug,
      params: params as Prisma.InputJsonObject,
    })),
  });
  await tx.executionImage.createMany({
    data: scenes.flatMap(({ id, images }) =>
      images.map((image, variant) => ({
        executionSceneId: id,
        variant,
        seed: image.seed.toString(),
        prompts: image.prompts as unknown as Prisma.InputJsonArray,
      })),
    ),
  });
  await tx.executionTransition.createMany({
    data: plan.transitions.map((transition) => ({
      executionId: execution.id,
      order: transition.order,
      seed: transition.seed.toString(),
      params: transition.params as Prisma.InputJsonObject,
      prompts: transition.prompts as unknown as Prisma.InputJsonArray,
    })),
  });
  return execution;
}
