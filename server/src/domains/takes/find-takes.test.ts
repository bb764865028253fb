import { reviewTake } from "#domains/takes/review-take.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { isInReview, startTakeStudio, type TakeStudio } from "#test/take-studio.ts";

const list = `query ($status: [TakeStatus!], $characterId: ID) {
  takes(first: 10, status: $status, characterId: $characterId) { totalCount nodes { id status rating } }
  takeCounts(characterId: $characterId) { status count } }`;
const rate = `mutation ($input: RateTakeInput!) { rateTake(input: $input) {
  __typename ... on Error { code } ... on ValidationError { issues { path } } ... on RateTakePayload { take { rating status } } } }`;

let studio: TakeStudio;
let takeIds: string[];
beforeAll(async () => {
  studio = await startTakeStudio();
  const sceneTypeId = await studio.sceneType("Whole", {});
  const takes = await Promise.all([studio.generate({ sceneTypeId }), studio.generate({ sceneTypeId })]);
  for (const { id } of takes) await studio.untilTake(id, isInReview);
  takeIds = takes.map(({ id }) => id);
});
afterAll(() => studio[Symbol.asyncDispose]());

test("takes are listed and counted by their state", async () => {
  await reviewTake(studio.deps, studio.admin, { takeId: takeIds[0] as string, verdict: "APPROVED" });
  const all = await studio.execute(list, {});
  expect(all.takes.totalCount).toBe(2);
  expect(all.takeCounts).toEqual(
    expect.arrayContaining([
      { status: "APPROVED", count: 1 },
      { status: "REVIEW", count: 1 },
    ]),
  );
  const approved = await studio.execute(list, { status: ["APPROVED", "REJECTED"] });
  expect(approved.takes.nodes).toMatchObject([{ id: encodeId("Take", takeIds[0] as string), status: "APPROVED" }]);
  const nobody = encodeId("Character", await studio.character("Nobody"));
  expect(await studio.execute(list, { characterId: nobody })).toMatchObject({
    takes: { totalCount: 0 },
    takeCounts: [],
  });
  const stranger = await studio.person("CREATOR");
  expect(await studio.execute(list, {}, { viewer: stranger })).toMatchObject({
    takes: { totalCount: 0 },
    takeCounts: [],
  });
});

test("stars are given, changed and taken away, and leave the verdict as it is", async () => {
  const takeId = encodeId("Take", takeIds[0] as string);
  const give = async (rating: number | null) => (await studio.execute(rate, { input: { takeId, rating } })).rateTake;
  expect(await give(4)).toMatchObject({ take: { rating: 4, status: "APPROVED" } });
  expect(await give(null)).toMatchObject({ take: { rating: null, status: "APPROVED" } });
  for (const rating of [0, 6])
    expect(await give(rating)).toMatchObject({ __typename: "ValidationError", issues: [{ path: ["rating"] }] });
  const stranger = await studio.person("CREATOR");
  const refused = await studio.execute(rate, { input: { takeId, rating: 1 } }, { viewer: stranger });
  expect(refused.rateTake).toMatchObject({ __typename: "NotFoundError" });
});
