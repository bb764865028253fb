import type { Deps } from "#app/deps.ts";
import { ofProject, ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";
import { contentRequestOf, type CurrentContent, currentContents } from "#domains/takes/freshness/current-content.ts";
import { differencesOf, type Freshness, freshnessOf } from "#domains/takes/logic/freshness.ts";
import type { TakeRequest, TakeSnapshot } from "#domains/takes/take-record.ts";
import { generateTake, type TakeDeps } from "#domains/takes/takes.service.ts";
import { staleUpstreams } from "#domains/takes/upstream/upstream.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Take } from "#platform/db/generated/client.ts";

/** How one scene type stands for one character. */
export interface PairState {
  sceneTypeId: string;
  characterId: string;
  freshness: Freshness;
  /** Why it is STALE. */
  reasons: string[];
  /** The newest that can be used, else the newest of all. */
  take: Take | null;
  /** One that is made of what is stored now is on its way. */
  isUnderWay: boolean;
  /** Why none can be made now. */
  problems: string[];
}

/** Pairs that are looked at in one call. */
const maxPairs = 500;

const usable = new Set(["REVIEW", "APPROVED"]);
const underWay = new Set(["PENDING", "GENERATING"]);

/** How every scene type stands for every character. @throws NotFoundError with the id's place, ValidationError for too many */
export async function takeStates(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  { sceneTypeIds, characterIds }: { sceneTypeIds: readonly string[]; characterIds: readonly string[] },
): Promise<PairState[]> {
  const pairs = [...new Set(sceneTypeIds)].flatMap((sceneTypeId) =>
    [...new Set(characterIds)].map((characterId) => ({ sceneTypeId, characterId })),
  );
  if (pairs.length > maxPairs)
    throw ValidationError.at(
      ["characterIds"],
      `these are ${pairs.length} pairs; at most ${maxPairs} are looked at in one call`,
    );
  await requireAll(deps, viewer, { sceneTypeIds, characterIds });
  const newest = await newestTakes(deps, viewer, sceneTypeIds, characterIds);
  const takesOf = pairs.map((pair) => newest.get(keyOf(pair)) ?? []);
  const chosen = takesOf.map((takes) => takes.find(({ status }) => usable.has(status)) ?? takes[0] ?? null);
  const contents = await currentContents(
    deps,
    viewer,
    pairs.map((pair, index) => {
      const take = chosen[index];
      return take ? contentRequestOf(take) : { ...pair, request: {}, inputSha256: undefined, seed: 0n };
    }),
  );
  const upstreams = await staleUpstreams(
    deps,
    chosen.flatMap((take) => take ?? []),
  );
  return pairs.flatMap((pair, index) => {
    const [content, take] = [contents[index], chosen[index] ?? null];
    if (!content) return [];
    const ways = takesOf[index] ?? [];
    const isUnderWay = ways.some((each) => underWay.has(each.status) && each.inputDigest === content.digest);
    const standing = standingOf(take, content, upstreams.get(take?.id ?? ""));
    return [{ ...pair, ...standing, take, isUnderWay, problems: content.problems }];
  });
}

async function requireAll(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  { sceneTypeIds, characterIds }: { sceneTypeIds: readonly string[]; characterIds: readonly string[] },
): Promise<void> {
  const select = { id: true } as const;
  const sceneTypes = await db.prisma.sceneType.findMany({
    where: { AND: [{ id: { in: [...sceneTypeIds] } }, ofProjectOrStudio(viewer)] },
    select,
  });
  const characters = await db.prisma.character.findMany({
    where: { AND: [{ id: { in: [...characterIds] } }, ofProject(viewer)] },
    select,
  });
  const require = (what: string, name: string, ids: readonly string[], found: readonly { id: string }[]): void => {
    const known = new Set(found.map(({ id }) => id));
    const missing = ids.findIndex((id) => !known.has(id));
    if (missing >= 0) throw new NotFoundError(what, [name, String(missing)]);
  };
  require("The scene type", "sceneTypeIds", sceneTypeIds, sceneTypes);
  require("The character", "characterIds", characterIds, characters);
}

export interface Standing {
  freshness: Freshness;
  /** Why it is STALE. */
  reasons: string[];
}

/** How a take stands to what is stored now, and to what it was made from. */
export function standingOf(
  take: Pick<Take, "status" | "inputDigest" | "snapshot"> | null,
  content: CurrentContent,
  upstream: readonly string[] = [],
): Standing {
  const isUsable = take !== null && usable.has(take.status);
  const freshness = freshnessOf({
    usable: isUsable ? { digest: take.inputDigest } : null,
    currentDigest: content.digest,
    problems: content.problems,
    upstream,
  });
  if (!isUsable || freshness !== "STALE") return { freshness, reasons: [] };
  const { digests } = take.snapshot as unknown as TakeSnapshot;
  const own = take.inputDigest === content.digest ? [] : differencesOf(digests, content.digests);
  return { freshness, reasons: [...own, ...upstream] };
}

/** Of each pair the newest of each status, newest first. */
async function newestTakes(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  sceneTypeIds: readonly string[],
  characterIds: readonly string[],
): Promise<Map<string, Take[]>> {
  const takes = await db.prisma.take.findMany({
    where: {
      sceneTypeId: { in: [...sceneTypeIds] },
      characterId: { in: [...characterIds] },
      character: ofProject(viewer),
      // A variant was made with texts that nobody has kept.
      variant: null,
    },
    distinct: ["sceneTypeId", "characterId", "status"],
    orderBy: { id: "desc" },
  });
  const byPair = new Map<string, Take[]>();
  for (const take of takes) byPair.set(keyOf(take), [...(byPair.get(keyOf(take)) ?? []), take]);
  return byPair;
}

function keyOf({ sceneTypeId, characterId }: { sceneTypeId: string; characterId: string }): string {
  return `${sceneTypeId} ${characterId}`;
}

/**
 * Makes what is missing or stale, as it was asked for the last time, with its seed. What is under way already, or can't be
 * made now, is left out: the answer tells. @throws ValidationError
 */
export async function regenerateTakes(
  deps: TakeDeps,
  viewer: Viewer,
  { states, ...of }: { sceneTypeIds: readonly string[]; characterIds: readonly string[]; states: readonly Freshness[] },
): Promise<{ takes: Take[]; skipped: PairState[] }> {
  const wanted = (await takeStates(deps, viewer, of)).filter(({ freshness }) => states.includes(freshness));
  const isReady = ({ isUnderWay, problems }: PairState): boolean => !isUnderWay && problems.length === 0;
  const takes: Take[] = [];
  for (const { sceneTypeId, characterId, take } of wanted.filter(isReady)) {
    const request = (take?.request ?? {}) as TakeRequest;
    const { params, allowUnresolved = false, inputAssetId } = request;
    takes.push(
      await generateTake(deps, viewer, {
        sceneTypeId,
        characterId,
        params,
        allowUnresolved,
        inputAssetId: inputAssetId ?? undefined,
        seed: take?.seed ? BigInt(take.seed.toFixed()) : undefined,
        boundaryMode: take?.boundaryMode,
        boundaryFrames: take?.boundaryFrames,
      }),
    );
  }
  return { takes, skipped: wanted.filter((state) => !isReady(state)) };
}
