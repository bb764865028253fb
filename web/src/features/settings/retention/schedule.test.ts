import { scheduleInWords } from "#features/settings/retention/schedule.ts";

test("a daily time is told as such, everything else as it was written", () => {
  expect(scheduleInWords("0 4 * * *")).toBe("every day at 04:00, in the server's time");
  expect(scheduleInWords("30 23 * * *")).toBe("every day at 23:30, in the server's time");
  expect(scheduleInWords("*/5 * * * 1")).toBe("by the schedule */5 * * * 1, in the server's time");
});
