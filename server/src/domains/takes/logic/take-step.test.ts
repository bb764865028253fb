import { nextStep, type SegmentState } from "#domains/takes/logic/take-step.ts";

const segment = (id: string, state: Partial<SegmentState> = {}): SegmentState => ({
  id,
  status: "PENDING",
  job: null,
  hasBoundary: false,
  ...state,
});
const done = (id: string, hasBoundary = true) => segment(id, { status: "DONE", hasBoundary });
const ended = (status: "SUCCEEDED" | "PARTIAL" | "FAILED" | "CANCELED") => ({ status, isFinished: true });

test("the first segment that is not over decides", () => {
  expect(nextStep([done("a"), segment("b"), segment("c")])).toEqual({ kind: "submit", segmentId: "b" });
});

test("one that renders is waited for, and collected when its job has succeeded", () => {
  const running = { status: "RUNNING", isFinished: false } as const;
  expect(nextStep([segment("a", { status: "GENERATING", job: running })])).toEqual({ kind: "nothing" });
  for (const status of ["SUCCEEDED", "PARTIAL"] as const)
    expect(nextStep([segment("a", { status: "GENERATING", job: ended(status) })])).toEqual({
      kind: "collect",
      segmentId: "a",
    });
});

test("a job that ended badly fails its segment, once", () => {
  expect(nextStep([segment("a", { status: "GENERATING", job: ended("FAILED") })])).toEqual({
    kind: "fail",
    segmentId: "a",
    status: "FAILED",
  });
  expect(nextStep([segment("a", { status: "FAILED", job: ended("FAILED") })])).toEqual({ kind: "nothing" });
});

test("the next segment needs the frame at which the one before ended; the last one needs none", () => {
  expect(nextStep([done("a", false), segment("b")])).toEqual({ kind: "takeBoundary", segmentId: "a" });
  expect(nextStep([done("a"), done("b", false)])).toEqual({ kind: "finish" });
});

test("while a person has to pick a frame nothing is done", () => {
  expect(nextStep([segment("a", { status: "WAITING", job: ended("SUCCEEDED") }), segment("b")])).toEqual({
    kind: "nothing",
  });
});
