import { takeStates } from "#domains/takes/freshness/freshness.service.ts";
import { loadRecipes } from "#domains/takes/recipes/recipe.service.ts";
import { reproduceTake } from "#domains/takes/reproduce-take.service.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { remakeSegment } from "#domains/takes/segments/remake-segment.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";

let studio: TakeStudio;
beforeAll(async () => {
  studio = await startTakeStudio();
});
afterAll(() => studio[Symbol.asyncDispose]());

const rendered = async (options: Parameters<TakeStudio["generate"]>[0] = {}) => {
  const { id } = await studio.generate(options);
  return studio.untilTake(id, isInReview);
};
const remake = async (segmentId: string, options: { seed?: bigint; withFollowing?: boolean } = {}) => {
  const { id } = await remakeSegment(studio.deps, studio.admin, { segmentId, withFollowing: false, ...options });
  return studio.untilTake(id, isInReview);
};
const asked = async (id: string) =>
  (
    await studio.execute(
      `query ($id: ID!) { node(id: $id) { ... on Take {
        freshness staleReasons changes { path before after } segments { staleReason } } } }`,
      { id: encodeId("Take", id) },
    )
  ).node;
const anew = (segment: number) =>
  `Segment ${segment} starts from a frame that segment ${segment - 1} had before it was made anew.`;

test("a segment that is made anew leaves the next one stale, until that is made anew, too; the clip is joined again", async () => {
  const first = await rendered({ seed: 5n });
  expect(await asked(first.id)).toMatchObject({ freshness: "CURRENT", staleReasons: [] });
  const [, second] = first.segments;
  const other = await remake(second?.id ?? "", { seed: 77n });
  expect(other.segments.map(({ jobId }) => jobId)).toEqual([
    first.segments[0]?.jobId,
    expect.not.stringMatching(second?.jobId ?? ""),
    first.segments[2]?.jobId,
  ]);
  expect(other.segments[1]?.seed.toFixed()).toBe("77");
  expect(other.artifacts.filter(({ isPrimary }) => isPrimary)).toMatchObject([{ kind: "FINAL", frameCount: 27 }]);
  expect(await asked(first.id)).toEqual({
    freshness: "STALE",
    staleReasons: [anew(3)],
    changes: [],
    segments: [{ staleReason: null }, { staleReason: null }, { staleReason: anew(3) }],
  });
  const [pair] = await takeStates(studio.deps, studio.admin, {
    sceneTypeIds: [studio.sceneTypeId],
    characterIds: [studio.characterId],
  });
  expect(pair).toMatchObject({ freshness: "STALE", reasons: [anew(3)] });
  const third = await remake(first.segments[2]?.id ?? "");
  expect(third.segments[2]?.seedAssetId).toBe(third.segments[1]?.boundaryAssetId);
  expect(await asked(first.id)).toMatchObject({ freshness: "CURRENT", staleReasons: [] });
});

test("with all that follow nothing is stale; the same seed gives the same frames and leaves nothing stale either", async () => {
  const take = await rendered({ seed: 5n });
  const again = await remake(take.segments[0]?.id ?? "", { seed: 99n, withFollowing: true });
  expect(new Set([...take.segments, ...again.segments].map(({ jobId }) => jobId)).size).toBe(6);
  expect(await asked(take.id)).toMatchObject({ freshness: "CURRENT" });
  await remake(take.segments[0]?.id ?? "");
  expect(await asked(take.id)).toMatchObject({ freshness: "CURRENT" });
  await reviewTake(studio.deps, studio.admin, { takeId: take.id, verdict: "APPROVED" });
  await expect(remake(take.segments[0]?.id ?? "")).rejects.toMatchObject({
    code: "TAKE_DECIDED",
    message: expect.stringContaining("reviewTake"),
  });
});

test("a take that starts from another one's frame or file is stale once that was made anew, with the reason", async () => {
  const source = await rendered({ seed: 5n });
  const [first] = source.segments;
  const ofFrame = await rendered({ inputAssetId: first?.boundaryAssetId ?? "" });
  const ofStart = await rendered();
  expect(await asked(ofFrame.id)).toMatchObject({ freshness: "CURRENT" });
  await remake(first?.id ?? "", { seed: 123n });
  expect(await asked(ofFrame.id)).toMatchObject({
    freshness: "STALE",
    staleReasons: ["The reference image comes from segment 1 of a take, which was made anew since."],
  });
  expect(await asked(ofStart.id)).toMatchObject({ freshness: "CURRENT" });
});

test("what differs in a take's own content is named", async () => {
  const take = await rendered({ params: { steps: 2 } });
  const { id, snapshot } = take;
  const digests = { ...(snapshot as { digests: object }).digests, params: "other" };
  await studio.deps.db.prisma.take.update({
    where: { id },
    data: { inputDigest: "other", snapshot: { ...(snapshot as object), digests } },
  });
  expect((await asked(id)).staleReasons).toEqual(["A parameter, or a file that one names, is another one."]);
});

test("the recipe has the hash of every picture that the take was made from", async () => {
  const source = await rendered();
  const take = await rendered({ inputAssetId: source.segments[0]?.boundaryAssetId ?? "" });
  const { callsheet } = (await loadRecipes(studio.deps, [take.id])).get(take.id) ?? {};
  const [first, second, third] = take.segments;
  expect(callsheet).toMatchObject({
    inputSha256: source.segments[0]?.boundaryAsset?.sha256,
    inputFrom: { takeId: source.id, jobId: source.segments[0]?.jobId },
    inputDigest: take.inputDigest,
    segments: [
      { boundaryFrameSha256: first?.boundaryAsset?.sha256, clipSha256: first?.outputAsset?.sha256 },
      { seedFrameSha256: first?.boundaryAsset?.sha256, boundaryFrameSha256: second?.boundaryAsset?.sha256 },
      {
        seedFrameSha256: second?.boundaryAsset?.sha256,
        boundaryFrameSha256: null,
        clipSha256: third?.outputAsset?.sha256,
      },
    ],
  });
});

test("a repeated take tells which pictures between its segments came out otherwise", async () => {
  const source = await rendered({ seed: 5n });
  const same = await reproduceTake(studio.deps, studio.admin, { takeId: source.id });
  await studio.untilTake(same.id, isInReview);
  expect((await asked(same.id)).changes).toEqual([]);
  const before = source.segments[0]?.boundaryAsset?.sha256;
  const remade = await remake(source.segments[0]?.id ?? "", { seed: 321n, withFollowing: true });
  expect((await asked(same.id)).changes).toContainEqual({
    path: "segments.2.seedFrame",
    before: remade.segments[0]?.boundaryAsset?.sha256,
    after: before,
  });
});
