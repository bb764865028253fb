import { keptSlots, promptDifferences } from "#domains/takes/logic/variant-drafts.ts";

test("of several texts for a slot the narrowest is kept, and the fragments of all scopes", () => {
  const inline = (text: string) => ({ type: "INLINE" as const, text });
  expect(
    keptSlots({
      draftDefaults: [
        { slotId: "a", text: "scene", clipPosition: "FULL_CLIP" },
        { slotId: "b", text: "start", clipPosition: "START_CLIP" },
        { slotId: "c", text: "scene c", clipPosition: "FULL_CLIP" },
      ],
      draftOverrides: [
        { scope: "CHARACTER", slotId: "a", text: null, fragments: [inline("2")] },
        { scope: "PROJECT", slotId: "a", text: "project", fragments: [inline("1")] },
      ],
      draftTexts: [{ slotId: "d", text: "own" }],
    }),
  ).toEqual([
    { slotId: "a", text: "project", fragments: [inline("1"), inline("2")] },
    { slotId: "c", text: "scene c", fragments: undefined },
    { slotId: "d", text: "own", fragments: undefined },
  ]);
});

test("only prompts that differ are told, in the order of the slots", () => {
  const prompt = (nodeId: string, text: string) => ({ nodeId, inputName: "text", slotLabel: nodeId, text });
  expect(
    promptDifferences([
      [prompt("1", "x"), prompt("2", "same")],
      [prompt("1", "y"), prompt("2", "same"), prompt("3", "new")],
    ]),
  ).toEqual([
    { nodeId: "1", inputName: "text", slotLabel: "1", texts: ["x", "y"] },
    { nodeId: "3", inputName: "text", slotLabel: "3", texts: [null, "new"] },
  ]);
});
