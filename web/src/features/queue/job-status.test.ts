import { describeCancel, describeCounts, nameJobs, sumCounts } from "./job-status.ts";

test("counts name failures and cancellations only when there are any", () => {
  const counts = { total: 16, pending: 0, active: 0, canceling: 0, succeeded: 12, failed: 1, canceled: 0 };
  expect(describeCounts(counts)).toBe("12 of 16 done, 1 failed");
});

test("canceling says what happens to pending and to running runs", () => {
  expect(describeCancel({ pending: 12, active: 2 }, false)).toBe(
    "12 pending will not start, 2 running will be interrupted.",
  );
  expect(describeCancel({ pending: 0, active: 2 }, true)).toBe("2 running will finish.");
  expect(describeCancel({ pending: 0, active: 0 }, false)).toBe("All runs have ended already.");
});

test("one job goes by its name, several by their number and their runs added up", () => {
  const jobs = [
    { name: "a", counts: { pending: 2, active: 1 } },
    { name: "b", counts: { pending: 3, active: 0 } },
  ];
  expect(nameJobs(jobs.slice(0, 1))).toBe("a");
  expect(nameJobs(jobs)).toBe("2 jobs");
  expect(
    sumCounts(
      jobs.map(({ counts }) => counts),
      ["pending", "active"],
    ),
  ).toEqual({ pending: 5, active: 1 });
});
