import { submissionOf, type SubmissionSource } from "./submission.ts";
import { emptyDraft } from "./workspaces/workspace.ts";

const slot = { nodeId: "6", inputName: "text", defaultText: "a street", isUserEditable: true };
const file = (id: string) => ({ key: `key ${id}`, name: `${id}.png`, assetId: id });
const source = (part: Partial<SubmissionSource>): SubmissionSource => ({
  workflow: { id: "w", inputKind: "IMAGE" },
  parameters: [],
  slots: [slot],
  values: { "6.text": "a street" },
  draft: emptyDraft,
  inputs: { files: [], directory: "" },
  folderPath: null,
  ...part,
});
const plain = { workflowId: "w", params: {}, seedMode: "RANDOM", tries: 1, priority: 0 };

test("an untouched form says what is run, and nothing else", () => {
  expect(submissionOf(source({}))).toEqual(plain);
});

test("dropped files go before the folder, which is back when they are cleared", () => {
  const both = source({ inputs: { files: [file("a"), file("b")], directory: "/in" } });
  expect(submissionOf(both)).toEqual({ ...plain, inputs: [{ assetId: "a" }, { assetId: "b" }] });
  expect(submissionOf({ ...both, inputs: { files: [], directory: "/in" } })).toEqual({ ...plain, directory: "/in" });
});

test("a workflow that starts from text is never given the files of the mode", () => {
  const inputs = { files: [file("a")], directory: "/in" };
  expect(submissionOf(source({ workflow: { id: "w", inputKind: "NONE" }, inputs }))).toEqual(plain);
});

test("prompts of single files go with those that are there, and only when they are asked for", () => {
  const perFile = {
    a: { "6.text": "red" },
    b: { "6.text": " " },
    gone: { "6.text": "blue" },
    "/in/c.png": { "6.text": "c" },
  };
  const files = source({
    draft: { ...emptyDraft, perFile, perFilePrompts: "OPTIONAL" },
    inputs: { files: [file("a"), file("b")], directory: "/in" },
  });
  expect(submissionOf(files).perFileParams).toEqual({ a: { "6.text": "red" } });
  expect(submissionOf({ ...files, draft: { ...files.draft, perFilePrompts: "OFF" } }).perFileParams).toBeUndefined();
  const folder = { ...files, inputs: { files: [], directory: "/in" } };
  expect(submissionOf(folder).perFileParams).toEqual({ "/in/c.png": { "6.text": "c" } });
  const typed = { ...folder, inputs: { files: [], directory: "C:\\in" }, folderPath: "/in" };
  expect(submissionOf(typed).perFileParams).toEqual({ "/in/c.png": { "6.text": "c" } });
  expect(submissionOf({ ...files, draft: { ...files.draft, perFilePrompts: "REQUIRED" } }).promptMode).toBe(
    "PER_IMAGE_MANUAL",
  );
  expect(submissionOf({ ...files, draft: { ...files.draft, perFilePrompts: "AUTO" } })).toMatchObject({
    promptMode: "PER_IMAGE_AUTO",
    perFileParams: { a: { "6.text": "red" } },
  });
});
