import { encodeId } from "#graphql/ids.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";

let studio: TakeStudio;
beforeAll(async () => {
  studio = await startTakeStudio({ config: { prices: { image: 1, videoSecond: 2 } } });
});
afterAll(() => studio[Symbol.asyncDispose]());

const query = `query ($input: EstimateTakesInput!) { estimateTakes(input: $input) {
  takeCount segmentCount pickCount sampleCount credits machineSecs { p50 p90 } elapsedSecs { p50 p90 } finishAt } }`;
const inputOf = (characterIds: string[], more: object = {}) => ({
  sceneTypeIds: [encodeId("SceneType", studio.sceneTypeId)],
  characterIds: characterIds.map((id) => encodeId("Character", id)),
  inputAssetId: encodeId("Asset", studio.inputAssetId),
  ...more,
});
const estimate = async (characterIds: string[], more: object = {}) =>
  (await studio.execute(query, { input: inputOf(characterIds, more) })).estimateTakes;

test("takes are estimated by their segments, from what ran before, and nothing is stored", async () => {
  const others = await Promise.all(["A", "B"].map((name) => studio.character(name)));
  const before = await studio.countRows();
  // Nine frames at eight a second, three times.
  expect(await estimate([studio.characterId], { boundary: { mode: "MANUAL" } })).toEqual({
    takeCount: 1,
    segmentCount: 3,
    pickCount: 2,
    sampleCount: 0,
    credits: 6.75,
    machineSecs: null,
    elapsedSecs: null,
    finishAt: null,
  });
  expect(await studio.countRows()).toEqual(before);
  await studio.untilTake((await studio.generate()).id, isInReview);
  const one = await estimate([studio.characterId]);
  expect(one).toMatchObject({ sampleCount: 3, pickCount: 0 });
  expect(one.elapsedSecs.p50).toBeCloseTo(one.machineSecs.p50, 6);
  const three = await estimate([studio.characterId, ...others]);
  expect(three).toMatchObject({ takeCount: 3, segmentCount: 9, credits: 20.25 });
  expect(three.machineSecs.p50).toBeCloseTo(one.machineSecs.p50 * 3, 6);
  expect(Date.parse(three.finishAt)).toBeGreaterThanOrEqual(Date.now() - 10_000);
});

test("what could not be made is told as by the mutation, with its place, and to those who may make takes", async () => {
  const ask = (input: object, viewer?: Viewer) =>
    studio.execute(query, { input }, { errors: "return", ...(viewer ? { viewer } : {}) });
  expect((await ask(inputOf([]))).errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  const stranger = await studio.person("CREATOR");
  expect((await ask(inputOf([studio.characterId]), stranger)).errors).toMatchObject([
    { extensions: { code: "NOT_FOUND" } },
  ]);
  expect((await ask(inputOf([studio.characterId], { params: { nothing: 1 } }))).errors).toHaveLength(1);
});
