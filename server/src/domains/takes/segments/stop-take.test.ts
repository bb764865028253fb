import { retryJob } from "#domains/queue/jobs.service.ts";
import { reviewTake } from "#domains/takes/review-take.service.ts";
import { endAtPicked, takeBoundary } from "#domains/takes/segments/boundary.ts";
import { cancelTake } from "#domains/takes/segments/cancel-take.service.ts";
import { collectSegment } from "#domains/takes/segments/collect-segment.ts";
import { deleteTake } from "#domains/takes/segments/delete-take.service.ts";
import { type DrivenSegment, type DrivenTake, loadDrivenTake } from "#domains/takes/segments/load-take.ts";
import { pickBoundaryFrame } from "#domains/takes/segments/pick-frame.service.ts";
import { resumeTake } from "#domains/takes/segments/resume-take.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { isInReview, startTakeStudio, type TakeState, type TakeStudio } from "#test/take-studio.ts";

let studio: TakeStudio;
let sceneTypeId: string;
beforeAll(async () => {
  studio = await startTakeStudio();
  sceneTypeId = await studio.sceneType("By hand", { targetDurationSecs: 2, segmentDurationSecs: 1 });
});
afterAll(() => studio[Symbol.asyncDispose]());
afterEach(() => studio.simulators[0]?.clearFaults());

const isWaiting = ({ segments }: TakeState): boolean => segments[0]?.status === "WAITING";
const waiting = async (options: { idempotencyKey?: string } = {}) => {
  const { id } = await studio.generate({ sceneTypeId, boundaryMode: "MANUAL", ...options });
  const take = await studio.untilTake(id, isWaiting);
  return { id, take, segmentId: take.segments[0]?.id ?? "", jobId: take.jobId ?? "" };
};
const cancel = (id: string) => cancelTake(studio.deps, studio.admin, id);
const resume = (id: string) => resumeTake(studio.deps, studio.admin, id);
const pick = (segmentId: string, frame: number) => pickBoundaryFrame(studio.deps, studio.admin, { segmentId, frame });
const review = (takeId: string, verdict: "APPROVED" | "REJECTED" | "REVIEW") =>
  reviewTake(studio.deps, studio.admin, { takeId, verdict });
const frames = (takeId: string) => studio.deps.db.prisma.asset.count({ where: { folder: `takes/${takeId}` } });
const statesOf = ({ status, segments }: TakeState) => [status, ...segments.map((segment) => segment.status)];

test("a take that waits for a frame is canceled whole, however often, and goes on from its clip when it is resumed", async () => {
  const { id, segmentId, jobId } = await waiting();
  for (let round = 0; round < 3; round += 1) {
    expect(await cancel(id)).toMatchObject({ status: "CANCELED" });
    studio.deps.takeDriver.wake(id);
  }
  const canceled = await studio.take(id);
  expect(statesOf(canceled)).toEqual(["CANCELED", "CANCELED", "PENDING"]);
  expect(canceled.segments[0]).toMatchObject({ candidates: [], boundaryAssetId: null });
  expect(await frames(id)).toBe(0);
  expect((await studio.job(jobId)).status).toBe("SUCCEEDED");
  await expect(pick(segmentId, 4)).rejects.toMatchObject({
    kind: "ConflictError",
    code: "TAKE_CANCELED",
    message: expect.stringContaining("resumeTake"),
  });
  await resume(id);
  const again = await studio.untilTake(id, isWaiting);
  expect(again.segments[0]).toMatchObject({ jobId, candidates: expect.arrayContaining([expect.anything()]) });
  await pick(segmentId, 4);
  const take = await studio.untilTake(id, isInReview);
  expect(take.segments.map((segment) => segment.status)).toEqual(["DONE", "DONE"]);
  expect(await cancel(id)).toMatchObject({ status: "REVIEW" });
  await expect(resume(id)).rejects.toMatchObject({ code: "TAKE_RENDERED" });
  await expect(pick(segmentId, 5)).rejects.toMatchObject({
    code: "NOT_WAITING",
    message: expect.stringContaining("frame 4 already"),
  });
});

test("a take that waits can be rejected, but not approved; what was rejected unrendered is reviewed only after it went on", async () => {
  const { id, segmentId } = await waiting();
  await expect(review(id, "APPROVED")).rejects.toMatchObject({
    code: "NOT_REVIEWABLE",
    message: expect.stringContaining("pickBoundaryFrame"),
  });
  for (let round = 0; round < 2; round += 1) expect(await review(id, "REJECTED")).toMatchObject({ status: "REJECTED" });
  studio.deps.takeDriver.wake(id);
  expect(statesOf(await studio.take(id))).toEqual(["REJECTED", "CANCELED", "PENDING"]);
  expect(await frames(id)).toBe(0);
  await expect(pick(segmentId, 4)).rejects.toMatchObject({ code: "TAKE_REJECTED" });
  await expect(review(id, "APPROVED")).rejects.toMatchObject({ code: "NOT_REVIEWABLE" });
  expect(await cancel(id)).toMatchObject({ status: "REJECTED" });
  expect(await resume(id)).toMatchObject({ status: "GENERATING", reviewedById: null });
  await studio.untilTake(id, isWaiting);
});

test("a take that waits is deleted with its frames; its job stays, and its key makes nothing else", async () => {
  const { deps, admin } = studio;
  const { id, segmentId, jobId } = await waiting({ idempotencyKey: "gone" });
  await deleteTake(deps, admin, id);
  await expect(deleteTake(deps, admin, id)).rejects.toMatchObject({ kind: "NotFoundError" });
  await expect(pick(segmentId, 4)).rejects.toMatchObject({ kind: "NotFoundError" });
  expect(await frames(id)).toBe(0);
  expect(await studio.job(jobId)).toMatchObject({ status: "SUCCEEDED", runs: [{ status: "SUCCEEDED" }] });
  await expect(studio.generate({ sceneTypeId, boundaryMode: "MANUAL", idempotencyKey: "gone" })).rejects.toMatchObject({
    kind: "ConflictError",
    code: "TAKE_DELETED",
  });
});

test("what is under way is stopped and deleted, what is approved stays, and a frame that is used elsewhere stays too", async () => {
  const { deps, admin } = studio;
  const { id, take } = await waiting();
  const kept = take.segments[0]?.candidates[0]?.assetId ?? "";
  const other = await studio.generate({ sceneTypeId, inputAssetId: kept });
  await deleteTake(deps, admin, id);
  expect(await deps.db.prisma.asset.count({ where: { id: kept } })).toBe(1);
  await studio.untilTake(other.id, isInReview);
  await review(other.id, "APPROVED");
  await expect(deleteTake(deps, admin, other.id)).rejects.toMatchObject({ code: "TAKE_APPROVED" });
  expect(await cancel(other.id)).toMatchObject({ status: "APPROVED" });
  studio.simulators[0]?.setFault({ neverEnding: true });
  const running = await studio.generate({ sceneTypeId });
  await studio.untilJob(running.jobId ?? "", (job) => job.runs[0]?.status === "RUNNING");
  await deleteTake(deps, admin, running.id);
  await studio.untilJob(running.jobId ?? "", (job) => job.status === "CANCELED");
});

test("a running take is canceled with its job, and goes on after it is resumed or its job is retried", async () => {
  const { deps, admin } = studio;
  studio.simulators[0]?.setFault({ neverEnding: true });
  const one = await studio.generate({ sceneTypeId });
  const other = await studio.generate({ sceneTypeId });
  const takes = [one, other];
  await Promise.all(takes.map(({ id }) => cancel(id)));
  for (const { id, jobId } of takes) {
    await studio.untilJob(jobId ?? "", (job) => job.status === "CANCELED");
    expect(statesOf(await studio.take(id))).toEqual(["CANCELED", "CANCELED", "PENDING"]);
  }
  studio.simulators[0]?.clearFaults();
  await resume(one.id);
  await retryJob(deps, admin, other.jobId ?? "", { newSeeds: false });
  for (const { id, jobId } of takes) {
    const done = await studio.untilTake(id, isInReview);
    expect(done).toMatchObject({ canceledAt: null, segments: [{ jobId }, { status: "DONE" }] });
  }
});

test("of people who pick and cancel at once one is first, and everything agrees with that one", async () => {
  const settle = async (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => "done",
      (error: { code?: string; message: string }) => error.code ?? error.message,
    );
  for (let round = 0; round < 6; round += 1) {
    const { id, segmentId } = await waiting();
    const last = [() => cancel(id), () => review(id, "REJECTED"), () => pick(segmentId, 5)][
      round % 3
    ] as () => Promise<unknown>;
    const [one, two, third] = await Promise.all([
      settle(pick(segmentId, 3)),
      settle(pick(segmentId, 6)),
      settle(last()),
    ]);
    const take = await studio.untilTake(id, ({ status }) => status !== "GENERATING");
    const [first] = take.segments;
    const answers = [one, two, ...(round % 3 === 2 ? [third] : [])];
    const picks = answers.filter((each) => each === "done").length;
    if (take.status === "REVIEW" || first?.status === "DONE") {
      expect({ answers, picks }).toEqual({ answers, picks: 1 });
      expect(take.segments.map((segment) => segment.boundaryIndex !== null)).toEqual([true, false]);
    } else {
      expect(picks).toBe(0);
      expect(statesOf(take)).toEqual([round % 3 === 0 ? "CANCELED" : "REJECTED", "CANCELED", "PENDING"]);
    }
    // One frame and one cut clip of the one who was first, nothing of the others; later the joined clip.
    expect(await frames(id)).toBe(take.status === "REVIEW" ? 3 : picks * 2);
  }
});

test("who drives a take and read it before somebody decided about it changes nothing any more", async () => {
  const { deps } = studio;
  const deciding: [(id: string) => Promise<unknown>, string][] = [
    [(id) => review(id, "REJECTED"), "REJECTED"],
    [(id) => cancel(id), "CANCELED"],
  ];
  for (const [decide, status] of deciding) {
    const { id } = await waiting();
    const read = (await loadDrivenTake(deps, id)) as DrivenTake;
    const [segment] = read.segments as [DrivenSegment];
    await decide(id);
    expect(await collectSegment(deps, read, segment)).toBe(false);
    expect(await endAtPicked(deps, read, segment, 0.5)).toBe(false);
    await takeBoundary(deps, read, segment);
    expect(statesOf(await studio.take(id))).toEqual([status, "CANCELED", "PENDING"]);
    expect(await frames(id)).toBe(0);
  }
});

test("people of other projects can do nothing of it, and clients are told in types", async () => {
  const { id } = await waiting();
  const stranger = await studio.person("CREATOR");
  for (const name of ["cancelTake", "resumeTake", "deleteTake"]) {
    const query = `mutation ($id: ID!) { answer: ${name}(input: { takeId: $id }) { __typename ... on Error { path } } }`;
    const { answer } = await studio.execute(query, { id: encodeId("Take", id) }, { viewer: stranger });
    expect(answer).toEqual({ __typename: "NotFoundError", path: ["takeId"] });
  }
  const { answer } = await studio.execute(
    `mutation ($id: ID!) { answer: cancelTake(input: { takeId: $id }) { ... on CancelTakePayload { take { status } } } }`,
    { id: encodeId("Take", id) },
  );
  expect(answer).toEqual({ take: { status: "CANCELED" } });
});
