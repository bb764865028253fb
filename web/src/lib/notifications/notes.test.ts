import {
  fromText,
  noNotifications,
  toText,
  unreadIn,
  withAllRead,
  withEnd,
  withoutWatched,
  withWatched,
} from "#lib/notifications/notes.ts";

const end = {
  jobId: "a",
  name: "Harbour",
  status: "SUCCEEDED",
  summary: "4 of 4 done",
  at: "2026-11-27T20:00:00.000Z",
  isRead: false,
} as const;

test("the end of a watched job is noted once, unread, and the job is watched no more", () => {
  const watching = withWatched(noNotifications, ["a", "b"]);
  const ended = withEnd(watching, end);
  expect(ended).toMatchObject({ watched: ["b"], notes: [{ jobId: "a", isRead: false }] });
  expect(unreadIn(ended)).toBe(1);
  expect(withEnd(ended, end)).toBe(ended);
  // Another window heard of it as well, and its watch was not gone yet.
  expect(withEnd(withWatched(ended, ["a"]), end).notes).toHaveLength(1);
  expect(unreadIn(withAllRead(ended))).toBe(0);
});

test("jobs that nobody watches, or that are not over, are not noted", () => {
  expect(withEnd(noNotifications, end)).toBe(noNotifications);
  const watching = withWatched(noNotifications, ["a"]);
  expect(withEnd(watching, { ...end, status: "RUNNING" })).toBe(watching);
  expect(withEnd(withoutWatched(watching, "a"), end).notes).toEqual([]);
});

test("a job that is retried and watched again is noted again", () => {
  const once = withEnd(withWatched(noNotifications, ["a"]), end);
  const twice = withEnd(withWatched(once, ["a"]), { ...end, at: "2026-11-27T21:00:00.000Z" });
  expect(twice.notes.map(({ at }) => at)).toEqual(["2026-11-27T21:00:00.000Z", end.at]);
});

test("what is kept is bounded: the latest stay", () => {
  const ids = Array.from({ length: 300 }, (_, index) => String(index));
  const { watched } = withWatched(noNotifications, ids);
  expect([watched.length, watched.at(-1)]).toEqual([200, "299"]);
  let all = noNotifications;
  for (const id of ids.slice(0, 60)) all = withEnd(withWatched(all, [id]), { ...end, jobId: id });
  expect([all.notes.length, all.notes[0]?.jobId]).toEqual([50, "59"]);
});

test("what was written is read again", () => {
  const all = withEnd(withWatched({ ...noNotifications, watchesOwn: false, usesBrowser: true }, ["a", "b"]), end);
  expect(fromText(toText(all))).toEqual(all);
});

test("whatever else a browser's storage holds is left out, down to the single note", () => {
  for (const text of [null, "", "{", "[]", "7", '{"version":2,"watched":["a"]}']) {
    expect(fromText(text)).toEqual(noNotifications);
  }
  const damaged = {
    version: 1,
    watched: ["a", "a", 7, "", null],
    notes: [{ ...end, isRead: "yes" }, { ...end, status: "RUNNING" }, { ...end, at: "soon" }, { name: "x" }, null],
    watchesOwn: "no",
    usesBrowser: 1,
  };
  expect(fromText(JSON.stringify(damaged))).toEqual({
    watched: ["a"],
    notes: [{ ...end, isRead: false }],
    watchesOwn: true,
    usesBrowser: false,
  });
});
