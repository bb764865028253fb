import { type PaletteEntry, rankEntries } from "#features/shell/palette/rank-entries.ts";

describe("the order of the palette", () => {
  test("everything stands as it was given while nothing is typed", () => {
    const entries = [entry("Jobs", "Portraits"), entry("Pages", "Queue"), entry("Jobs", "Aerial")];
    expect(labels(entries, " ")).toEqual(["Jobs: Portraits, Aerial", "Pages: Queue"]);
  });

  test("groups stand by their best entry, and what does not answer is left out", () => {
    const entries = [entry("Jobs", "Dim quarry"), entry("Jobs", "Aerial"), entry("Actions", "Quarantine")];
    expect(labels(entries, "quar")).toEqual(["Actions: Quarantine", "Jobs: Dim quarry"]);
  });

  test("a page comes before what people named like it", () => {
    const entries = [
      entry("Jobs", "machi"),
      entry("Jobs", "Machines"),
      { ...entry("Pages", "Machines"), isPage: true },
    ];
    expect(labels(entries, "machi")[0]).toBe("Pages: Machines");
    expect(labels(entries, "Machines")[0]).toBe("Pages: Machines");
  });

  test("a page whose name does not begin so stands where its name puts it", () => {
    const entries = [{ ...entry("Pages", "Machines"), isPage: true }, entry("Characters", "Chin")];
    expect(labels(entries, "chin")).toEqual(["Characters: Chin", "Pages: Machines"]);
  });
});

function entry(group: string, label: string): PaletteEntry {
  return { id: `${group} ${label}`, group, label, icon: null, run: () => undefined };
}

function labels(entries: readonly PaletteEntry[], search: string): string[] {
  return rankEntries(entries, search).map(
    ({ heading, entries: found }) => `${heading}: ${found.map(({ label }) => label).join(", ")}`,
  );
}
