import fc from "fast-check";
import { added, freshWorkspaces, opened, withDraft, withInputs } from "./changes.ts";
import { fromText, toText } from "./saved.ts";
import { defaultOptions } from "#features/generate/job-options.ts";
import { draftIn, activeOf, inputsIn, type Workspaces } from "./workspace.ts";

const used = (): Workspaces => {
  let all = opened(added(freshWorkspaces("a"), "b"), { id: "w", category: "VIDEO_GEN", inputKind: "IMAGE" });
  all = withInputs(all, () => ({ files: [{ key: "f", name: "boat.png", assetId: "asset" }], directory: "/in" }));
  return withDraft(all, (draft) => ({
    values: { steps: "9", "6.text": "a boat" },
    options: { ...draft.options, tries: "3", skipBlocked: true },
    perFilePrompts: "OPTIONAL",
    perFile: { asset: { "6.text": "a red boat" } },
    autoPrompts: { id: "set", folder: "", edits: { "boat.png": { caption: "a boat" } } },
    presets: { PROMPT: "p", SETTINGS: "" },
  }));
};
/** What is stored, with one part of the open draft put otherwise. */
const tampered = (part: object) => {
  const stored = JSON.parse(toText(used()));
  Object.assign(stored.list[1].drafts["BATCH/w"], part);
  const all = fromText(JSON.stringify(stored));
  if (!all) throw new Error("nothing was read");
  return draftIn(activeOf(all));
};

test("what is stored comes back as it was", () => {
  expect(fromText(toText(used()))).toEqual(used());
});

test.each([
  ["nothing", null],
  ["no JSON", "{{"],
  ["another version", toText(used()).replace('"version":1', '"version":99')],
  ["no list", '{"version":1,"list":"many"}'],
  ["an empty list", '{"version":1,"list":[]}'],
  ["a list of nonsense", '{"version":1,"list":[null,1,"x",{},{"id":3}]}'],
])("%s is ignored", (_what, text) => {
  expect(fromText(text)).toBeNull();
});

test("a damaged part costs only itself", () => {
  const draft = tampered({ values: { steps: 9, "6.text": "a boat" }, perFile: { asset: "x" }, presets: 3 });
  expect(draft.values).toEqual({ "6.text": "a boat" });
  expect(draft.perFile).toEqual({});
  expect(draft.options.tries).toBe("3");
  expect(tampered({ autoPrompts: { id: 3 } }).autoPrompts).toBeNull();
  expect(tampered({ autoPrompts: { id: "set", edits: { a: "x" } } }).autoPrompts).toEqual({
    id: "set",
    folder: "",
    edits: {},
  });
});

test("options of the wrong type or out of range are put right", () => {
  expect(
    tampered({ options: { tries: "999", priority: "x", seedMode: "OFTEN", seed: "-1", skipBlocked: "yes" } }),
  ).toMatchObject({ options: { ...defaultOptions, tries: "100" } });
});

test("a file that was still being uploaded is left out", () => {
  const all = withInputs(used(), ({ files }) => ({ files: [...files, { key: "g", name: "half.png", assetId: null }] }));
  expect(inputsIn(activeOf(fromText(toText(all)) ?? all)).files.map(({ key }) => key)).toEqual(["f"]);
});

test("whatever the storage holds, it is read as workspaces or as nothing", () => {
  const stored = fc.record({ version: fc.constant(1), activeId: fc.anything(), list: fc.array(fc.anything()) });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.jsonValue().map((value) => JSON.stringify(value)),
        stored.map((value) => {
          try {
            return JSON.stringify(value) ?? "";
          } catch {
            return "";
          }
        }),
      ),
      (text) => {
        const all = fromText(text);
        expect(all === null || all.list.some(({ id }) => id === all.activeId)).toBe(true);
      },
    ),
  );
});
