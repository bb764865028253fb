import { missingFor, nextStatus } from "#domains/stories/logic/readiness.ts";

test("everything that is missing is named", () => {
  expect(missingFor([], false).map(({ kind }) => kind)).toEqual(["NO_INSTANCES", "NO_LOCKED_STYLE"]);
  const instances = [
    { name: "Mara", imageId: null },
    { name: "Ben", imageId: "x" },
    { name: "Lamp", imageId: null },
  ];
  expect(missingFor(instances, true).map(({ message }) => message)).toEqual(["Mara has no image", "Lamp has no image"]);
  expect(missingFor(instances.slice(1, 2), true)).toEqual([]);
});

test("a scene goes from script to rendered, one step at a time", () => {
  expect((["SCRIPT", "ASSETS", "READY", "RENDERED"] as const).map((status) => nextStatus(status))).toEqual([
    "ASSETS",
    "READY",
    "RENDERED",
    null,
  ]);
});
