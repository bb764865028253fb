import { matchAssets } from "#domains/stories/logic/match-assets.ts";
import { nameIndex, nameSimilarity, wordsOf } from "#domains/stories/logic/names.ts";

test("a name is found as whole words, whatever its case and signs", () => {
  const index = nameIndex(["Then MARA's lamp goes out.", "Captain  Holm – silent – looks at Zoë."]);
  for (const name of ["Mara", "captain holm", "Zoë", "LAMP"]) expect(index.has(wordsOf(name))).toBe(true);
  for (const name of ["Mar", "Holm silent captain", "Captain Mara", "holms", "", "…"])
    expect(index.has(wordsOf(name))).toBe(false);
});

test("likeness is 1 for the same name, 0 for nothing shared, and the same both ways", () => {
  expect(nameSimilarity("Captain Holm", "captain  holm!")).toBe(1);
  expect(nameSimilarity("Mara", "Ben")).toBe(0);
  expect(nameSimilarity("", "Ben")).toBe(0);
  const score = nameSimilarity("Captain Holm", "Holm, captain");
  expect(score).toBeGreaterThan(0.7);
  expect(nameSimilarity("Holm, captain", "Captain Holm")).toBe(score);
});

test("the same name of the same type comes before the same name of another, and strangers are left out", () => {
  const assets = [
    { type: "PROP", name: "Mara" },
    { type: "CHARACTER", name: "Maria" },
    { type: "CHARACTER", name: "mara" },
    { type: "LOCATION", name: "Market" },
    { type: "CHARACTER", name: "Ben" },
  ] as const;
  const wanted = { id: "wanted", type: "CHARACTER", name: "Mara" } as const;
  const unlinked = assets.map((asset) => ({ ...asset, libraryAssetId: null }));
  expect(matchAssets(wanted, unlinked).map(({ asset }) => `${asset.type} ${asset.name}`)).toEqual([
    "CHARACTER mara",
    "CHARACTER Maria",
    "PROP Mara",
  ]);
});
