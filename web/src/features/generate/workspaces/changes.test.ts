import {
  activated,
  added,
  closed,
  freshWorkspaces,
  moved,
  opened,
  renamed,
  reopened,
  withDraft,
  withInputs,
  withMode,
  withOthers,
  withUploaded,
} from "./changes.ts";
import { activeOf, draftIn, emptyDraft, inputsIn, placeOf, workflowIn } from "./workspace.ts";

const three = added(added(freshWorkspaces("a"), "b"), "c");
const ids = ({ list }: typeof three) => list.map(({ id }) => id);
const textWorkflow = (id: string) => ({ id, category: "IMAGE_GEN", inputKind: "NONE" }) as const;

describe("tabs", () => {
  test("a new one comes last with defaults and a free name, and is shown", () => {
    expect(three.list.map(({ name }) => name)).toEqual(["Workspace 1", "Workspace 2", "Workspace 3"]);
    expect(three.activeId).toBe("c");
    const edited = withDraft(opened(three, textWorkflow("w")), () => ({ values: { steps: "9" } }));
    expect(draftIn(activeOf(added(edited, "d")))).toEqual(emptyDraft);
    expect(added(closed(three, "b", "x"), "d").list.at(-1)?.name).toBe("Workspace 2");
  });

  test("closing the active one shows its neighbour; closing the last gives a fresh one", () => {
    expect(closed(activated(three, "b"), "b", "x").activeId).toBe("c");
    expect(closed(three, "c", "x").activeId).toBe("b");
    expect(closed(three, "a", "x")).toMatchObject({ activeId: "c", list: [{ id: "b" }, { id: "c" }] });
    const used = withDraft(opened(freshWorkspaces("a"), textWorkflow("w")), () => ({ values: { steps: "9" } }));
    expect(closed(used, "a", "x")).toEqual(freshWorkspaces("x"));
  });

  test("a closed one comes back where it was, also in place of the fresh one that stood in for it", () => {
    const [, b] = three.list;
    if (!b) throw new Error("no second workspace");
    expect(reopened(closed(three, "b", "x"), b, 1, "x")).toEqual({ ...three, activeId: "b" });
    const only = withMode(freshWorkspaces("a"), "BATCH");
    expect(reopened(closed(only, "a", "x"), activeOf(only), 0, "x")).toEqual(only);
  });

  test("Image comes back to what images started from last", () => {
    const all = withMode(withMode(three, "IMAGE_TO_IMAGE"), "BATCH");
    expect(activeOf(all)).toMatchObject({ mode: "BATCH", imageMode: "IMAGE_TO_IMAGE" });
  });

  test("are renamed and moved, and keep what they are", () => {
    expect(renamed(three, "b", "  Harbour ").list[1]?.name).toBe("Harbour");
    expect(renamed(three, "b", "  ")).toEqual(three);
    expect(ids(moved(three, 0, 2))).toEqual(["b", "c", "a"]);
    expect(moved(three, 0, 3)).toEqual(three);
    expect(moved(three, 0, 2).activeId).toBe("c");
  });
});

describe("what a workspace keeps", () => {
  test("three are independent", () => {
    let all = three;
    for (const id of ["a", "b", "c"]) {
      all = opened(activated(all, id), textWorkflow("w"));
      all = withDraft(all, () => ({ values: { "6.text": id } }));
    }
    for (const id of ["a", "b", "c"]) expect(draftIn(activeOf(activated(all, id))).values).toEqual({ "6.text": id });
  });

  test("values are kept per workflow and per mode: A, B, A restores A's", () => {
    const upscaler = { id: "u", category: "IMAGE_UPSCALE", inputKind: "IMAGE" } as const;
    let all = withDraft(opened(three, textWorkflow("A")), () => ({ values: { steps: "9" } }));
    all = withDraft(opened(all, textWorkflow("B")), () => ({ values: { steps: "5" } }));
    all = opened(all, upscaler);
    expect(activeOf(all).mode).toBe("IMAGE_UPSCALE");
    all = withMode(all, "TEXT_TO_IMAGE");
    expect(workflowIn(activeOf(all))).toBe("B");
    expect(draftIn(activeOf(opened(all, textWorkflow("A")))).values).toEqual({ steps: "9" });
    expect(draftIn(activeOf(all)).values).toEqual({ steps: "5" });
  });

  test("what comes late goes to the draft that it was asked for", () => {
    const first = withDraft(opened(three, textWorkflow("A")), () => ({ values: { steps: "9" } }));
    const later = opened(activated(first, "a"), textWorkflow("B"));
    const undone = withDraft(later, () => emptyDraft, placeOf(activeOf(first)));
    expect(activeOf(undone).drafts).toEqual({});
    expect(draftIn(activeOf(activated(undone, "c")))).toEqual(emptyDraft);
  });

  test("inputs belong to the mode, and an upload ends where its file was dropped", () => {
    const file = { key: "f", name: "boat.png", assetId: null };
    let all = withInputs(withMode(three, "BATCH"), () => ({ files: [file] }));
    all = withUploaded(activated(withMode(all, "SINGLE"), "a"), "f", { id: "asset", name: "boat__2.png" });
    expect(inputsIn(activeOf(all)).files).toEqual([]);
    all = withMode(activated(all, "c"), "BATCH");
    expect(inputsIn(activeOf(all)).files).toEqual([{ ...file, assetId: "asset", storedName: "boat__2.png" }]);
  });

  test("values of sixty workflows at most, the ones touched last", () => {
    let all = three;
    for (let index = 0; index < 70; index += 1) {
      all = withDraft(opened(all, textWorkflow(`w${index}`)), () => ({ values: { steps: String(index) } }));
    }
    const keys = Object.keys(activeOf(all).drafts);
    expect([keys.length, keys[0], keys.at(-1)]).toEqual([60, "TEXT_TO_IMAGE/w10", "TEXT_TO_IMAGE/w69"]);
  });

  test("another window's changes arrive, but not in the workspace that is open here", () => {
    const theirs = renamed(renamed(three, "b", "Theirs"), "c", "Not mine");
    const merged = withOthers(three, theirs);
    expect(merged.list.map(({ name }) => name)).toEqual(["Workspace 1", "Theirs", "Workspace 3"]);
    expect(ids(withOthers(three, closed(three, "c", "x")))).toEqual(["a", "b", "c"]);
  });
});
