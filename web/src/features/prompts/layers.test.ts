import { layersOf, whyText } from "./layers.ts";

test("layers are listed once, in the order of resolution rather than of the text", () => {
  const spans = [
    { text: "portrait of ", layer: "override scope", ref: "CHARACTER" },
    { text: "Mara", layer: "placeholder", ref: "character_name" },
    { text: ", ", layer: "fragment", ref: null },
    { text: "soft light", layer: "fragment", ref: "f1" },
    { text: " ", layer: "scene type", ref: null },
  ];
  expect(layersOf(spans).map((layer) => layer.label)).toEqual(["Character override", "Character metadata", "Fragment"]);
});

test("a placeholder's reason names its metadata key", () => {
  expect(whyText({ layer: "placeholder", ref: "hair_color" })).toBe("From the character's metadata: hair_color");
  expect(whyText({ layer: "override scope", ref: "GROUP" })).toBe("From: group override");
});
