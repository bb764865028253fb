import { draftOf } from "#features/scene-prompts/collection-draft.ts";
import { composedTexts, effectiveFile } from "#features/scene-prompts/composed.ts";

const branch = {
  prompts: [
    { name: "subject", value: "the market", tags: [] },
    { name: "look", value: "%film%", tags: [] },
    { name: "empty", value: " ", tags: [] },
  ],
  compositions: [
    { name: "picture", promptNames: ["subject", "empty", "look"] },
    { name: "clip", promptNames: ["look"] },
  ],
  separator: "; ",
};
const own = draftOf({
  prompts: [
    { name: "subject", value: "Noa", tags: [] },
    { name: "dark", value: "no light", tags: [] },
  ],
  compositions: [{ name: "clip", promptNames: ["subject", "dark"] }],
  separator: " + ",
});

test("a scene's own prompts go before those of its branch, also inside the branch's compositions", () => {
  const texts = new Map([
    ["subject", "Noa"],
    ["dark", "no light"],
    ["look", "35mm"],
    ["empty", " "],
  ]);
  expect(composedTexts(own, branch, texts)).toEqual([
    { name: "clip", isFallback: false, text: "Noa + no light" },
    { name: "picture", isFallback: true, text: "Noa; 35mm" },
  ]);
});

test("the file for the preview has each name once", () => {
  expect(effectiveFile(own, branch)).toMatchObject({
    prompts: { subject: { value: "Noa" }, dark: { value: "no light" }, look: { value: "%film%" } },
    order: ["subject", "dark", "look", "empty"],
  });
});
