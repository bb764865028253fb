import { type ExecutionState, nextSteps, type PartState } from "#domains/stories/logic/execution-step.ts";

const pending: PartState = { status: "PENDING", job: null };
const running: PartState = { status: "GENERATING", job: { status: "RUNNING", isFinished: false } };
const done: PartState = { status: "DONE", job: { status: "SUCCEEDED", isFinished: true } };
const failed: PartState = { status: "FAILED", job: { status: "FAILED", isFinished: true } };
const canceled: PartState = { status: "CANCELED", job: null };
const ended = (status: "SUCCEEDED" | "FAILED" | "PARTIAL" | "CANCELED"): PartState => ({
  status: "GENERATING",
  job: { status, isFinished: true },
});
const state = (more: Partial<ExecutionState>): ExecutionState => ({
  status: "IMAGES",
  pausesForChoice: false,
  scenes: [done, done],
  transitions: [pending],
  ...more,
});

test("all parts that can go on do, whatever the others are at", () => {
  const scenes = [pending, running, ended("SUCCEEDED"), ended("PARTIAL"), ended("CANCELED"), { ...running, job: null }];
  expect(nextSteps(state({ scenes }))).toEqual({
    stage: "IMAGES",
    parts: [
      { kind: "submit", index: 0 },
      { kind: "collect", index: 2 },
      { kind: "fail", index: 3, status: "FAILED" },
      { kind: "fail", index: 4, status: "CANCELED" },
      { kind: "submit", index: 5 },
    ],
  });
});

test("a stage ends once all of its parts have, and fails only then", () => {
  expect(nextSteps(state({ scenes: [failed, running] }))).toBeNull();
  expect(nextSteps(state({ scenes: [failed, done, canceled] }))).toEqual({ moveTo: "FAILED" });
  expect(nextSteps(state({ scenes: [canceled, done] }))).toEqual({ moveTo: "CANCELED" });
  expect(nextSteps(state({}))).toEqual({ moveTo: "VIDEOS" });
  expect(nextSteps(state({ pausesForChoice: true }))).toEqual({ moveTo: "CHOOSING" });
  expect(nextSteps(state({ status: "VIDEOS", transitions: [done] }))).toEqual({ moveTo: "STITCHING" });
  expect(nextSteps(state({ status: "STITCHING" }))).toEqual({ stitch: true });
});

test("nothing happens by itself to one that waits for a person or is over", () => {
  for (const status of ["CHOOSING", "SUCCEEDED", "FAILED", "CANCELED"] as const)
    expect(nextSteps(state({ status, scenes: [pending] }))).toBeNull();
});
