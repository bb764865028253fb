import { timesOf } from "#domains/queue/logic/run-times-of.ts";

const at = (second: number) => new Date(second * 1000).toISOString();
const none = { startedAt: null, submittedAt: null, executedAt: null, executedUntil: null, finishedAt: null };
const whole = {
  createdAt: at(0),
  startedAt: at(10),
  submittedAt: at(12),
  executedAt: at(15),
  executedUntil: at(75),
  finishedAt: at(78),
};

test("waiting, execution and transfer add up to the time from submit to end", () => {
  expect(timesOf(whole)).toEqual({ wait: 13, execution: 60, transfer: 5 });
});

test("what is not over is unknown", () => {
  expect(timesOf({ createdAt: at(0), ...none })).toEqual({ wait: null, execution: null, transfer: null });
  expect(timesOf({ ...whole, executedUntil: null, finishedAt: null })).toEqual({
    wait: 13,
    execution: null,
    transfer: null,
  });
});

test("a run that failed on the machine was executed until its end", () => {
  expect(timesOf({ ...whole, executedUntil: null })).toEqual({ wait: 13, execution: 63, transfer: null });
});
