import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset } from "#domains/assets/assets.service.ts";
import type { SlotText } from "#domains/prompts/logic/dispatch-texts.ts";
import { prepareDispatch } from "#domains/prompts/resolution.service.ts";
import { clipPositionOf, countSegments } from "#domains/takes/logic/segment-plan.ts";
import type { TakeDrafts, TakePrompt, TakeRequest } from "#domains/takes/take-record.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { makesVideo } from "#domains/workflows/logic/media-nodes.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseJson } from "#lib/json.ts";
import type { ClipPosition } from "#platform/db/generated/enums.ts";

export interface TakeWish {
  sceneTypeId: string;
  characterId: string;
  /** The character's first reference image unless said, for workflows that start from a picture. */
  inputAssetId?: string | undefined;
  drafts?: TakeDrafts | undefined;
  /** Texts of an earlier take, in place of those that are stored now. */
  prompts?: TakeRequest["prompts"];
  /** In place of the scene type's. */
  workflowVersionId?: string | undefined;
}

export type PlannedTake = Awaited<ReturnType<typeof planTake>>;

/** Texts of one clip, and what keeps them from being rendered. */
export interface ClipPrompts {
  texts: SlotText[];
  prompts: TakePrompt[];
  problems: { path: string[]; message: string }[];
}

/**
 * All that a take is made of, looked up and checked; nothing is stored.
 * @throws NotFoundError, ValidationError when its clips could not continue each other
 */
export async function planTake(deps: Pick<Deps, "db">, viewer: Viewer, wish: TakeWish) {
  const { sceneTypeId, characterId } = wish;
  const dispatch = await prepareDispatch(deps, viewer, { ...wish.drafts, sceneTypeId, characterId });
  const { prisma } = deps.db;
  const asked = wish.inputAssetId;
  const given = asked ? await requireAsset(deps, viewer, asked, ["inputAssetId"]) : null;
  const version = await prisma.workflowVersion.findUniqueOrThrow({
    where: { id: wish.workflowVersionId ?? dispatch.sceneType.workflowVersionId },
    include: { workflow: { select: { inputKind: true } } },
  });
  const sceneType = await prisma.sceneType.findUniqueOrThrow({ where: { id: sceneTypeId } });
  const character = await prisma.character.findUnique({
    where: { id: characterId },
    include: { images: { orderBy: { sortOrder: "asc" }, take: 1, include: { asset: { include: { blob: true } } } } },
  });
  if (!character) throw new NotFoundError("The character", ["characterId"]);
  const startsFromPicture = version.workflow.inputKind === "IMAGE";
  const isOrchestrated = sceneType.generationStrategy === "PLATFORM_ORCHESTRATED";
  const wanted = isOrchestrated ? countSegments(sceneType) : 1;
  const count = wanted > 1 && (await isForClips(deps, version.id)) ? wanted : 1;
  if (count > 1 && !startsFromPicture)
    throw ValidationError.at(
      ["sceneTypeId"],
      `the take needs ${count} clips, but its workflow starts from no picture, so they can't continue each other; ` +
        "take the durations out of the scene type, or use an image-to-video workflow",
      "NO_CONTINUATION",
    );
  return {
    sceneType,
    character,
    version,
    asset: given ?? (startsFromPicture ? (character.images[0]?.asset ?? null) : null),
    isOrchestrated,
    count,
    promptsAt: (seed: bigint, position: ClipPosition): ClipPrompts => {
      const kept = position === "CONTINUATION_CLIP" ? wish.prompts?.continuation : wish.prompts?.first;
      if (kept) return { texts: kept, prompts: kept, problems: [] };
      const { slots, texts, problems } = dispatch.resolveAt({ seed, tryIndex: 0, clipPosition: position });
      const prompts = slots.map(({ slot, resolvedText, source, spans }) => ({
        nodeId: slot.nodeId,
        inputName: slot.inputName,
        slotLabel: slot.label,
        text: resolvedText,
        source,
        spans,
      }));
      return { texts, prompts, problems };
    },
  };
}

/** Prompts of the first clip, and of those that continue it where there are some. */
export function clipPromptsOf({ count, promptsAt }: Pick<PlannedTake, "count" | "promptsAt">, seed: bigint) {
  return {
    first: promptsAt(seed, clipPositionOf(0, count)),
    continuation: count > 1 ? promptsAt(seed, "CONTINUATION_CLIP") : null,
  };
}

/** Pictures are never put together from segments. */
async function isForClips({ db }: Pick<Deps, "db">, versionId: string): Promise<boolean> {
  const graph = await db.prisma.workflowGraph.findUnique({ where: { versionId }, select: { json: true } });
  return graph !== null && Object.values(parseJson(graph.json) as unknown as ApiGraph).some(makesVideo);
}
