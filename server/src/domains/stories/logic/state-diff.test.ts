import { stateDiff } from "#domains/stories/logic/state-diff.ts";
import type { SceneState } from "#domains/stories/logic/scene-state.ts";

const state = (projectAssetId: string, more: Partial<SceneState> = {}): SceneState => ({
  projectAssetId,
  descriptionOverride: null,
  imageId: null,
  statusTags: [],
  carryForward: true,
  ...more,
});

test("every asset of either scene is told once, with what stays, goes and comes", () => {
  const before = [
    state("mara", { statusTags: ["muddy", "tired"] }),
    state("lamp", { statusTags: ["lit"], carryForward: false, descriptionOverride: "bright" }),
    state("dog"),
  ];
  const after = [state("mara", { statusTags: ["tired", "wet"], imageId: "new" }), state("lamp"), state("ben")];
  const entries = stateDiff(before, after);
  expect(entries.map(({ projectAssetId, kind }) => [projectAssetId, kind])).toEqual([
    ["mara", "CARRIES"],
    ["lamp", "RESETS"],
    ["dog", "LEFT_OUT"],
    ["ben", "NEW"],
  ]);
  expect(entries[0]).toMatchObject({
    changes: ["TAGS", "IMAGE"],
    carriedTags: ["tired"],
    droppedTags: ["muddy"],
    addedTags: ["wet"],
  });
  expect(entries[1]).toMatchObject({ changes: ["DESCRIPTION", "TAGS"], droppedTags: ["lit"] });
  expect(entries[2]).toMatchObject({ after: null, changes: [] });
});
