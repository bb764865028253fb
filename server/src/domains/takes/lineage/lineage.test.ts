import { submitJob } from "#domains/queue/submit/submit-job.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { invertGraph } from "#test/queue-studio.ts";
import { isInReview, startTakeStudio, type TakeState, type TakeStudio } from "#test/take-studio.ts";

const query = `query ($id: ID!) { node(id: $id) { ... on Asset {
  take { id } lineage { sources { id } results { id } takes { id } } } } }`;

let studio: TakeStudio;
let take: TakeState;
beforeAll(async () => {
  studio = await startTakeStudio();
  take = await studio.untilTake((await studio.generate()).id, isInReview);
});
afterAll(() => studio[Symbol.asyncDispose]());

const idsOf = (nodes: readonly { id: string }[]): string[] => nodes.map(({ id }) => id);
const assets = (...ids: (string | null | undefined)[]): string[] => ids.map((id) => encodeId("Asset", id ?? ""));

async function of(assetId: string | null | undefined, viewer = studio.admin) {
  const { node } = await studio.execute(query, { id: encodeId("Asset", assetId ?? "") }, { viewer });
  const { sources, results, takes } = node.lineage;
  return { take: node.take?.id ?? null, sources: idsOf(sources), results: idsOf(results), takes: idsOf(takes) };
}

test("a clip tells its reference image, the clip that goes on from it and the one that it was joined into", async () => {
  const [first, second, third] = take.segments;
  const whole = take.artifacts.find(({ isPrimary }) => isPrimary);
  const ofFirst = await of(first?.outputAssetId);
  expect(ofFirst).toMatchObject({ take: encodeId("Take", take.id), sources: assets(studio.inputAssetId), takes: [] });
  expect(new Set(ofFirst.results)).toEqual(new Set(assets(second?.outputAssetId, whole?.assetId)));
  // It starts from a frame, and that is one of the first clip.
  expect(new Set((await of(second?.outputAssetId)).sources)).toEqual(
    new Set(assets(first?.boundaryAssetId, first?.outputAssetId)),
  );
  expect(await of(first?.boundaryAssetId)).toMatchObject({
    sources: assets(first?.outputAssetId),
    results: assets(second?.outputAssetId),
  });
  expect(await of(whole?.assetId)).toMatchObject({ take: encodeId("Take", take.id), results: [] });
  expect(new Set((await of(whole?.assetId)).sources)).toEqual(
    new Set(assets(first?.outputAssetId, second?.outputAssetId, third?.outputAssetId)),
  );
});

test("a picture tells the takes and the outputs that were made from it", async () => {
  const workflowId = await studio.workflow("Invert", invertGraph);
  const { jobIds } = await submitJob(studio.deps, studio.admin, {
    workflowId,
    inputs: [{ assetId: encodeId("Asset", studio.inputAssetId) }],
  });
  await studio.untilEnded(jobIds[0] as string);
  const [output] = await studio.deps.db.prisma.runOutput.findMany({ where: { run: { jobId: jobIds[0] as string } } });
  const found = await of(studio.inputAssetId);
  expect(found).toMatchObject({ take: null, sources: [], takes: [encodeId("Take", take.id)] });
  expect(found.results).toEqual(expect.arrayContaining(assets(output?.assetId, take.segments[0]?.outputAssetId)));
  expect(await of(output?.assetId)).toMatchObject({ take: null, sources: assets(studio.inputAssetId), results: [] });
});

test("nobody learns of files and takes of a project that is not theirs", async () => {
  const other = await studio.picture("other.png", "red", {});
  await studio.deps.db.prisma.take.update({ where: { id: take.id }, data: { inputAssetId: other } });
  const stranger = await studio.person("CREATOR");
  await studio.deps.db.prisma.asset.update({ where: { id: other }, data: { createdById: stranger.userId } });
  expect(await of(other, stranger)).toEqual({ take: null, sources: [], results: [], takes: [] });
  expect((await of(other)).takes).toEqual([encodeId("Take", take.id)]);
});
