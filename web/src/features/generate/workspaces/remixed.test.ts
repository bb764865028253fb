import { freshWorkspaces } from "#features/generate/workspaces/changes.ts";
import { remixed } from "#features/generate/workspaces/remixed.ts";
import { activeOf, draftIn, inputsIn, workflowIn } from "#features/generate/workspaces/workspace.ts";

const remix = (part: Partial<Parameters<typeof remixed>[2]> = {}) =>
  remixed(freshWorkspaces("one"), "two", {
    name: "Remix of a heron",
    workflow: { id: "w", category: "IMAGE_GEN", inputKind: "NONE" },
    values: { "2.text": "a heron" },
    options: { seedMode: "FIXED", seed: "7" },
    file: null,
    ...part,
  });

test("a remix is a workspace of its own, behind the others and open", () => {
  const all = remix();
  expect(all.list.map(({ id, name }) => [id, name])).toEqual([
    ["one", "Workspace 1"],
    ["two", "Remix of a heron"],
  ]);
  const workspace = activeOf(all);
  expect(workspace).toMatchObject({ id: "two", mode: "TEXT_TO_IMAGE" });
  expect(workflowIn(workspace)).toBe("w");
  expect(draftIn(workspace)).toMatchObject({
    values: { "2.text": "a heron" },
    options: { seedMode: "FIXED", seed: "7", tries: "1", name: "" },
  });
});

test("its file is an input of the mode that takes a single one", () => {
  const file = { key: "k", name: "a.png", assetId: "asset" };
  const workspace = activeOf(remix({ workflow: { id: "w", category: "VIDEO_GEN", inputKind: "IMAGE" }, file }));
  expect(workspace.mode).toBe("SINGLE");
  expect(inputsIn(workspace)).toEqual({ files: [file], directory: "" });
  const picture = activeOf(remix({ workflow: { id: "w", category: "IMAGE_GEN", inputKind: "IMAGE" }, file }));
  expect(picture).toMatchObject({ mode: "IMAGE_TO_IMAGE", imageMode: "IMAGE_TO_IMAGE" });
});
