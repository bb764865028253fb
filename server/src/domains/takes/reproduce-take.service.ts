import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { planTake } from "#domains/takes/plan-take.ts";
import type { RepeatableTake } from "#domains/takes/logic/take-changes.ts";
import type { TakePrompt, TakeRequest, TakeSnapshot } from "#domains/takes/take-record.ts";
import { earlierTake, submitTake, type TakeDeps } from "#domains/takes/takes.service.ts";
import { hashesOfFiles, paramContent, paramHashes } from "#domains/takes/upstream/param-files.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Take } from "#platform/db/generated/client.ts";

export interface ReproduceTakeInput {
  takeId: string;
  /** What is to be otherwise; nothing: the same again, graph for graph. */
  seed?: bigint | undefined;
  params?: unknown;
  inputAssetId?: string | undefined;
  prompts?: readonly { slotId: string; text: string }[] | undefined;
  idempotencyKey?: string | undefined;
}

const changesInput = z.object({
  params: z.record(z.string(), z.unknown()).default({}),
  prompts: z.array(z.object({ text: storableText(50_000) })).max(500),
  idempotencyKey: storableText(200).min(1).optional(),
});

/**
 * Renders a take again from its snapshot: the workflow version, texts, parameters, seed and input that it had, whatever has
 * been edited since. Without changes its very graphs run again; with changes the take keeps what differs.
 * @throws NotFoundError (take, slot, asset), ValidationError, ConflictError (code INPUT_GONE: its reference image is gone)
 */
export async function reproduceTake(deps: TakeDeps, viewer: Viewer, input: ReproduceTakeInput): Promise<Take> {
  const { takeId, idempotencyKey, ...asked } = input;
  const checked = parseInput(changesInput, {
    params: input.params ?? undefined,
    prompts: input.prompts ?? [],
    idempotencyKey,
  });
  const source = await deps.db.prisma.take.findFirst({
    where: { id: takeId, character: ofProject(viewer) },
    include: { segments: { orderBy: { index: "asc" }, take: 2 }, inputAsset: { select: { sha256: true } } },
  });
  if (!source) throw new NotFoundError("The take", ["takeId"]);
  const payload = { takeId, ...asked, params: checked.params, kind: "reproduce" };
  const earlier = await earlierTake(deps, viewer, idempotencyKey, payload);
  if (earlier) return earlier;
  const snapshot = source.snapshot as unknown as TakeSnapshot;
  const request = source.request as unknown as TakeRequest;
  if (snapshot.inputSha256 !== null && source.inputAssetId === null)
    throw new ConflictError("The take's reference image is gone; name another one", "INPUT_GONE", ["inputAssetId"]);
  const texts = await textParams(deps, snapshot.workflowVersionId, input.prompts ?? []);
  const params = { ...(snapshot.params as Record<string, unknown>), ...checked.params, ...texts };
  const inputAssetId = input.inputAssetId ?? source.inputAssetId ?? undefined;
  const continuation = source.segments[1]?.prompts ?? null;
  const prompts = { first: snapshot.prompts, continuation: continuation as unknown as TakePrompt[] | null };
  const plan = await planTake(deps, viewer, {
    sceneTypeId: source.sceneTypeId,
    characterId: source.characterId,
    workflowVersionId: snapshot.workflowVersionId,
    inputAssetId,
    prompts,
  });
  const isExact =
    input.seed === undefined &&
    input.inputAssetId === undefined &&
    Object.keys({ ...checked.params, ...texts }).length === 0;
  const seed = input.seed ?? BigInt(source.seed?.toFixed() ?? 0);
  const before = repeatable(source, await contentParams(deps, snapshot), source.inputAsset?.sha256 ?? null);
  return submitTake(
    deps,
    viewer,
    { ...plan, count: await countOf(deps, source, plan) },
    {
      seed,
      params,
      allowUnresolved: true,
      prompts,
      inputAssetId: request.inputAssetId ?? undefined,
      boundaryMode: source.boundaryMode,
      boundaryFrames: source.boundaryFrames,
      source: { takeId, before, isExact },
      idempotency: idempotencyKey === undefined ? undefined : { key: idempotencyKey, payload },
    },
  );
}

/** By the bytes of the files that parameters name: another asset with the same ones is no change. */
async function contentParams(deps: Pick<Deps, "db">, { params, paramSha256 }: TakeSnapshot): Promise<unknown> {
  const given = params as Record<string, unknown>;
  return paramContent(given, paramSha256 ?? paramHashes(given, await hashesOfFiles(deps, [given])));
}

/** As many segments as it has, whatever the scene type says now. */
async function countOf({ db }: Pick<Deps, "db">, { id }: Take, { count }: { count: number }): Promise<number> {
  return (await db.prisma.takeSegment.count({ where: { takeId: id } })) || count;
}

/** A take as its row tells it, for comparison. */
function repeatable({ seed, snapshot }: Take, params: unknown, inputAsset: string | null): RepeatableTake {
  const { prompts, workflowVersionId } = snapshot as unknown as TakeSnapshot;
  return {
    seed: seed?.toFixed() ?? null,
    workflowVersion: workflowVersionId,
    inputAsset,
    params: params as Record<string, unknown>,
    prompts,
  };
}

/** New texts as parameters, by which every slot can be named. @throws NotFoundError for a slot of another workflow */
async function textParams(
  { db }: Pick<Deps, "db">,
  versionId: string,
  prompts: readonly { slotId: string; text: string }[],
): Promise<Record<string, string>> {
  if (prompts.length === 0) return {};
  const slots = await db.prisma.promptSlot.findMany({
    where: { id: { in: prompts.map(({ slotId }) => slotId) }, workflow: { versions: { some: { id: versionId } } } },
  });
  const byId = new Map(slots.map((slot) => [slot.id, slot]));
  return Object.fromEntries(
    prompts.map(({ slotId, text }, index) => {
      const slot = byId.get(slotId);
      if (!slot) throw new NotFoundError("The prompt slot", ["prompts", String(index), "slotId"]);
      return [`${slot.nodeId}.${slot.inputName}`, text];
    }),
  );
}
