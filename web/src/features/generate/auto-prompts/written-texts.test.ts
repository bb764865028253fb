import {
  captionsFor,
  editedPrompts,
  fileKeyOf,
  passOf,
  picturesOf,
  promptsOf,
  type WrittenItem,
} from "./written-texts.ts";

const item = (key: string, part: Partial<WrittenItem> = {}): WrittenItem => ({
  key,
  status: "DONE",
  caption: `what ${key} shows`,
  motionPrompt: `${key} moves`,
  clips: [],
  asset: { id: `asset ${key}` },
  ...part,
});
const dropped = (name: string, assetId: string | null = `asset ${name}`) => ({ key: name, name, assetId });
const noFolder = { path: null, files: null, matchCount: null, failure: null };
const folder = (count: number, matchCount = count) => ({
  path: "/in",
  files: Array.from({ length: count }, (_, index) => ({ name: `${index}.png`, path: `/in/${index}.png` })),
  matchCount,
  failure: null,
});

test("prompts are asked for what is dropped, once it is there, else for what is in the folder", () => {
  const both = { files: [dropped("a.png"), dropped("b.png")], directory: "/in" };
  expect(picturesOf(both, folder(2))).toMatchObject({ input: { assetIds: ["asset a.png", "asset b.png"] }, count: 2 });
  expect(picturesOf({ files: [dropped("a.png", null)], directory: "" }, noFolder)).toBeNull();
  expect(picturesOf({ files: [], directory: "/in" }, folder(1))?.input).toEqual({ paths: ["/in/0.png"] });
  expect(picturesOf({ files: [], directory: "/in" }, folder(200, 300))).toMatchObject({
    input: { directory: "/in" },
    count: 300,
  });
  expect(picturesOf({ files: [], directory: "" }, noFolder)).toBeNull();
});

test("a picture is named as the form's prompts name it", () => {
  expect(fileKeyOf(item("a.png"), "")).toBe("asset a.png");
  expect(fileKeyOf(item("a.png"), "/in")).toBe("/in/a.png");
  expect(fileKeyOf(item("/in/a.png"), "/in")).toBe("/in/a.png");
});

test("descriptions go along as they were edited, of pictures that are still there", () => {
  const pictures = picturesOf({ files: [dropped("a.png"), dropped("c.png")], directory: "" }, noFolder);
  if (!pictures) throw new Error("no pictures");
  const items = [item("a.png"), item("b.png"), item("c.png", { caption: null })];
  const edits = { "a.png": { caption: " a gull " } };
  expect(captionsFor(pictures, items, { edits, folder: "" })).toEqual({ "asset a.png": "a gull" });
  expect(captionsFor(pictures, items, { edits, folder: "/in" })).toEqual({});
});

test("prompts are sent when they were edited, those of clips together", () => {
  const items = [item("a.png"), item("b.png"), item("c.png", { motionPrompt: null, clips: ["one", "two"] })];
  const edits = { "a.png": { prompt: "it dives" }, "b.png": { caption: "x" }, "c.png": { clip_2: "second" } };
  expect(editedPrompts(items, edits)).toEqual([
    { key: "a.png", motionPrompt: "it dives" },
    { key: "c.png", clips: ["one", "second"] },
  ]);
  expect(promptsOf(item("c.png", { motionPrompt: null, clips: ["one", "two"] }), edits)).toEqual([
    { field: "clip_1", label: "Clip 1", text: "one" },
    { field: "clip_2", label: "Clip 2", text: "second" },
  ]);
  expect(promptsOf(item("d.png", { motionPrompt: null }), edits)).toEqual([]);
});

test("progress says which pass it is, and at which picture", () => {
  const waiting = item("c", { status: "PENDING", caption: null, motionPrompt: null });
  const described = item("a", { status: "PENDING", motionPrompt: null });
  const failed = item("b", { status: "FAILED", caption: null, motionPrompt: null });
  expect(passOf("BOTH", [described, failed, waiting])).toEqual({ words: "Describing 3 of 3", share: 2 / 3 });
  expect(passOf("BOTH", [described, failed, item("c")])).toEqual({ words: "Writing 3 of 3", share: 2 / 3 });
  expect(passOf("CAPTION", [waiting, waiting]).words).toBe("Describing 1 of 2");
  expect(passOf("CAPTION", [{ ...described, status: "DONE" }, failed])).toEqual({
    words: "Describing 2 of 2",
    share: 1,
  });
  expect(passOf("MOTION", [described, described]).words).toBe("Writing 1 of 2");
});
