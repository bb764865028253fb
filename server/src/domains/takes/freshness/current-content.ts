import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { prepareDispatches } from "#domains/prompts/resolution.service.ts";
import {
  type ContentDigests,
  contentDigests,
  inputDigest,
  type TakeContent,
} from "#domains/takes/logic/input-digest.ts";
import { clipPositionOf, countSegments } from "#domains/takes/logic/segment-plan.ts";
import type { TakeRequest, TakeSnapshot } from "#domains/takes/take-record.ts";
import { hashesOfFiles, paramContent, paramHashes } from "#domains/takes/upstream/param-files.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { makesVideo } from "#domains/workflows/logic/media-nodes.ts";
import { parseJson } from "#lib/json.ts";
import type { ClipPosition } from "#platform/db/generated/enums.ts";

export interface ContentRequest {
  sceneTypeId: string;
  characterId: string;
  request: TakeRequest;
  /** Of the reference image that was named; undefined: the character's first. */
  inputSha256: string | null | undefined;
  seed: bigint;
}

/** What a take would be made of now, and why it could not be. */
export interface CurrentContent {
  digest: string;
  digests: ContentDigests;
  problems: string[];
}

/** Null where the viewer may not see scene type or character. A handful of statements, however many are asked for. */
export async function currentContents(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  requests: readonly ContentRequest[],
): Promise<(CurrentContent | null)[]> {
  const { prisma } = deps.db;
  const dispatches = await prepareDispatches(
    deps,
    viewer,
    requests.map(({ sceneTypeId, characterId, request }) => ({ ...request.drafts, sceneTypeId, characterId })),
  );
  const sceneTypes = await prisma.sceneType.findMany({
    where: { id: { in: requests.map(({ sceneTypeId }) => sceneTypeId) } },
    include: { workflowVersion: { select: { contentHash: true, workflow: { select: { inputKind: true } } } } },
  });
  const sceneTypeById = new Map(sceneTypes.map((sceneType) => [sceneType.id, sceneType]));
  const images = await prisma.characterImage.findMany({
    where: { characterId: { in: requests.map(({ characterId }) => characterId) } },
    orderBy: { sortOrder: "desc" },
    select: { characterId: true, asset: { select: { sha256: true } } },
  });
  // The first one is the last to be written.
  const firstImage = new Map(images.map(({ characterId, asset }) => [characterId, asset.sha256]));
  const hashes = await hashesOfFiles(
    deps,
    requests.map(({ request }) => request.params ?? {}),
  );
  const several = sceneTypes.filter(
    (each) => each.generationStrategy === "PLATFORM_ORCHESTRATED" && countSegments(each) > 1,
  );
  const forClips = await versionsForClips(
    deps,
    several.map(({ workflowVersionId }) => workflowVersionId),
  );
  const severalIds = new Set(several.filter((each) => forClips.has(each.workflowVersionId)).map(({ id }) => id));
  return requests.map(({ sceneTypeId, characterId, request, seed, inputSha256 }, index) => {
    const [dispatch, sceneType] = [dispatches[index], sceneTypeById.get(sceneTypeId)];
    if (!dispatch || !sceneType) return null;
    const { contentHash, workflow } = sceneType.workflowVersion;
    const count = severalIds.has(sceneTypeId) ? countSegments(sceneType) : 1;
    const startsFromPicture = workflow.inputKind === "IMAGE";
    const at = (clipPosition: ClipPosition) => {
      const { slots, problems } = dispatch.resolveAt({ seed, tryIndex: 0, clipPosition });
      const texts = slots.map(({ slot: { nodeId, inputName }, resolvedText: text }) => ({ nodeId, inputName, text }));
      return { texts, problems: problems.map(({ message }) => message) };
    };
    const first = at(clipPositionOf(0, count));
    const continuation = count > 1 ? at("CONTINUATION_CLIP") : null;
    const unresolved = request.allowUnresolved ? [] : [...first.problems, ...(continuation?.problems ?? [])];
    const cantContinue = count > 1 && !startsFromPicture ? ["the workflow starts from no picture"] : [];
    const params = request.params ?? {};
    const content: TakeContent = {
      contentHash,
      params: paramContent(params, paramHashes(params, hashes)),
      inputSha256:
        inputSha256 === undefined ? ((startsFromPicture ? firstImage.get(characterId) : null) ?? null) : inputSha256,
      prompts: first.texts,
      continuation: continuation?.texts ?? null,
    };
    const problems = [...new Set([...unresolved, ...cantContinue])];
    return { digest: inputDigest(content), digests: contentDigests(content), problems };
  });
}

async function versionsForClips({ db }: Pick<Deps, "db">, versionIds: readonly string[]): Promise<Set<string>> {
  if (versionIds.length === 0) return new Set();
  const graphs = await db.prisma.workflowGraph.findMany({ where: { versionId: { in: [...new Set(versionIds)] } } });
  const isForClips = (json: string): boolean => Object.values(parseJson(json) as unknown as ApiGraph).some(makesVideo);
  return new Set(graphs.filter(({ json }) => isForClips(json)).map(({ versionId }) => versionId));
}

/** What to compare a stored take with. */
export function contentRequestOf(take: {
  sceneTypeId: string;
  characterId: string;
  request: unknown;
  snapshot: unknown;
  seed: { toFixed(): string } | null;
}): ContentRequest {
  const request = take.request as TakeRequest;
  const { inputSha256 } = take.snapshot as TakeSnapshot;
  return {
    sceneTypeId: take.sceneTypeId,
    characterId: take.characterId,
    request,
    inputSha256: request.inputAssetId ? inputSha256 : undefined,
    seed: BigInt(take.seed?.toFixed() ?? 0),
  };
}
