import { groupsFor, shortcutGroups } from "#features/shell/shortcuts.ts";

const titles = (pathname: string) => groupsFor(pathname).here.map(({ title }) => title);

test("the keys of the page come first, then those that count everywhere", () => {
  expect(titles("/generate")).toEqual(["Generate", "Everywhere"]);
  expect(titles("/scene-types/abc")).toEqual(["Scene types and characters", "Everywhere"]);
  expect(titles("/")).toEqual(["Queue", "Everywhere"]);
  expect(titles("/machines")).toEqual(["Everywhere"]);
});

test("no group is lost or told twice, whatever the page", () => {
  for (const pathname of ["/", "/jobs/1", "/gallery", "/settings"]) {
    const { here, others } = groupsFor(pathname);
    expect([...here, ...others].toSorted((a, b) => a.title.localeCompare(b.title))).toEqual(
      shortcutGroups.toSorted((a, b) => a.title.localeCompare(b.title)),
    );
  }
});
