import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { findEarlierJobs, hashPayload } from "#domains/queue/submit/idempotency.ts";
import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { type RepeatableTake, takeChanges } from "#domains/takes/logic/take-changes.ts";
import { clipPromptsOf, type PlannedTake, planTake, type TakeWish } from "#domains/takes/plan-take.ts";
import { graphOfSegment, useGraph } from "#domains/takes/same-graph.ts";
import { type NewTake, storeTake } from "#domains/takes/store-take.ts";
import { hashesOfFiles, paramContent, paramHashes } from "#domains/takes/upstream/param-files.ts";
import { upstreamOf } from "#domains/takes/upstream/upstream.ts";
import { encodeId } from "#graphql/ids.ts";
import { ConflictError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Take } from "#platform/db/generated/client.ts";
import type { BoundaryMode } from "#platform/db/generated/enums.ts";

export interface GenerateTakeInput extends Pick<TakeWish, "sceneTypeId" | "characterId" | "inputAssetId" | "drafts"> {
  seed?: bigint | undefined;
  params?: unknown;
  allowUnresolved: boolean;
  idempotencyKey?: string | undefined;
  /** Which frame of a clip the next one starts from; the last unless said. */
  boundaryMode?: BoundaryMode | undefined;
  /** Frames among which LOWEST_MOTION looks. */
  boundaryFrames?: number | undefined;
}

export type TakeDeps = Pick<Deps, "config" | "db" | "storage" | "bus" | "runQueue" | "log">;

export const takeInput = z.object({
  params: z.record(z.string(), z.unknown()).default({}),
  idempotencyKey: storableText(200).min(1).optional(),
  boundaryFrames: z.number().int().min(2, "at least 2 frames are compared").max(240).default(16),
});

/**
 * Renders a scene type for a character: resolves the prompts, submits the first run with exactly those texts, and keeps the
 * snapshot. Take, segments and job are written in one transaction.
 * @throws NotFoundError, ValidationError (unresolved placeholders slot by slot, parameters), ConflictError
 */
export async function generateTake(deps: TakeDeps, viewer: Viewer, input: GenerateTakeInput): Promise<Take> {
  const { params, boundaryFrames } = parseInput(takeInput, {
    params: input.params ?? undefined,
    idempotencyKey: input.idempotencyKey,
    boundaryFrames: input.boundaryFrames,
  });
  // A repeat is known by what was asked for: what it resolves to may have been edited since.
  const { idempotencyKey, ...idempotencyPayload } = { ...input, params, kind: "take" };
  const earlier = await earlierTake(deps, viewer, idempotencyKey, idempotencyPayload);
  if (earlier) return earlier;
  const plan = await planTake(deps, viewer, input);
  return submitTake(deps, viewer, plan, {
    seed: input.seed,
    params,
    allowUnresolved: input.allowUnresolved,
    drafts: input.drafts,
    inputAssetId: input.inputAssetId,
    boundaryMode: input.boundaryMode ?? "LAST",
    boundaryFrames,
    idempotency: idempotencyKey === undefined ? undefined : { key: idempotencyKey, payload: idempotencyPayload },
  });
}

/** What the first run of a planned take is submitted with, apart from its seed and texts. */
export function firstRunOf({ version, asset, character, sceneType }: PlannedTake, params: Record<string, unknown>) {
  return {
    workflowId: version.workflowId,
    workflowVersionId: version.id,
    projectId: character.projectId,
    name: `${sceneType.name} · ${character.name}`,
    params,
    inputs: asset ? [{ assetId: encodeId("Asset", asset.id) }] : undefined,
    // The take's own check is the stricter one: it knows the layers.
    allowUnresolved: true,
  };
}

export interface TakeOptions extends Pick<NewTake, "boundaryMode" | "boundaryFrames"> {
  /** The take that it repeats, as it was; exactly: with the very graphs. */
  source?: { takeId: string; before: RepeatableTake; isExact: boolean } | undefined;
  seed: bigint | undefined;
  params: Record<string, unknown>;
  allowUnresolved: boolean;
  drafts?: TakeWish["drafts"];
  prompts?: TakeWish["prompts"];
  /** As it was asked for; the plan may have another in its place. */
  inputAssetId?: string | undefined;
  idempotency?: { key: string; payload: unknown } | undefined;
}

/** Submits the first run of a planned take, and stores the take with it. @throws as generateTake */
export async function submitTake(
  deps: TakeDeps,
  viewer: Viewer,
  plan: PlannedTake,
  options: TakeOptions,
): Promise<Take> {
  const { version, asset } = plan;
  const { params, allowUnresolved, drafts, boundaryMode, boundaryFrames, source } = options;
  const requireResolved = (prompts: ReturnType<typeof clipPromptsOf>): void => {
    const problems = [...prompts.first.problems, ...(prompts.continuation?.problems ?? [])];
    const unique = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
    if (!allowUnresolved && unique.length > 0) throw new ValidationError(unique, "UNRESOLVED_PLACEHOLDERS");
  };
  const submission = {
    ...firstRunOf(plan, params),
    seed: options.seed,
    seedMode: options.seed === undefined ? ("RANDOM" as const) : ("FIXED" as const),
    idempotencyKey: options.idempotency?.key,
    idempotencyPayload: options.idempotency?.payload,
    // The seed is drawn when the run is planned; prompts follow from it.
    resolved: ({ seed }: { seed: bigint }) => {
      const prompts = clipPromptsOf(plan, seed);
      requireResolved(prompts);
      return { texts: prompts.first.texts, snapshots: prompts.first.prompts };
    },
  };
  const paramSha256 = paramHashes(params, await hashesOfFiles(deps, [params]));
  const upstream = asset ? await upstreamOf(deps, asset.id) : null;
  const graph = source?.isExact ? await graphOfSegment(deps, source.takeId, 0) : null;
  const { jobIds } = await submitJob(deps, viewer, submission, async (client, [jobId = ""], [run]) => {
    if (!run) throw new Error("a take has one run");
    const { first, continuation } = clipPromptsOf(plan, run.seed);
    const prompts = { first: first.prompts, continuation: continuation?.prompts ?? null };
    const request = {
      params,
      allowUnresolved,
      inputAssetId: options.inputAssetId ?? null,
      drafts,
      prompts: options.prompts,
      sameGraphsAs: source?.isExact ? source.takeId : undefined,
    };
    const after: RepeatableTake = {
      seed: run.seed.toString(),
      workflowVersion: version.id,
      inputAsset: asset?.sha256 ?? null,
      params: paramContent(params, paramSha256),
      prompts: run.prompts,
    };
    const repeats = source && { takeId: source.takeId, changes: takeChanges(source.before, after) };
    const take = { plan, request, boundaryMode, boundaryFrames, prompts, source: repeats, paramSha256, upstream };
    await storeTake(client, viewer, take, { ...run, jobId });
    if (graph) await useGraph(client, jobId, graph, asset?.sha256 ?? null);
  });
  const take = await takeOfJob(deps, jobIds[0] as string);
  if (!take) throw new ConflictError("The take was deleted while it was made", "TAKE_DELETED");
  deps.bus.publish("take.changed", { takeId: take.id });
  return take;
}

/** The take that this person's key made before. @throws ConflictError when it was for something else, or is deleted */
export async function earlierTake(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  key: string | undefined,
  payload: unknown,
): Promise<Take | null> {
  if (key === undefined) return null;
  const earlier = await findEarlierJobs(deps, viewer, key, hashPayload(payload));
  if (!earlier) return null;
  const take = await takeOfJob(deps, earlier[0] as string);
  if (take) return take;
  throw new ConflictError("The take that this key made was deleted; use another key", "TAKE_DELETED", [
    "idempotencyKey",
  ]);
}

/** By its first job or, where others followed that one, by a segment's. */
async function takeOfJob({ db }: Pick<Deps, "db">, jobId: string): Promise<Take | null> {
  return db.prisma.take.findFirst({ where: { OR: [{ jobId }, { segments: { some: { jobId } } }] } });
}
