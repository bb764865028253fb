import { type ExistingSlot, matchSlots } from "#domains/workflows/logic/reimport.ts";
import type { DetectedSlot } from "#domains/workflows/logic/slots.ts";

const detected = (nodeId: string, changes: Partial<DetectedSlot> = {}): DetectedSlot => ({
  nodeId,
  inputName: "text",
  slotType: "POSITIVE",
  label: "Positive Prompt 1",
  description: null,
  defaultText: "graph",
  isLinked: false,
  sortOrder: 0,
  ...changes,
});
const existing = (nodeId: string, changes: Partial<ExistingSlot> = {}): ExistingSlot => ({
  nodeId,
  inputName: "text",
  slotType: "POSITIVE",
  label: "Hero",
  sortOrder: 4,
  defaultText: "graph",
  isLinked: false,
  isDefaultEdited: false,
  ...changes,
});

test("a slot found again is kept; its label and type stay the workflow's", () => {
  const known = existing("6", { slotType: "NEGATIVE" });
  expect(matchSlots([known], [detected("6")])).toMatchObject({
    added: [],
    kept: [{ existing: known, defaultText: "graph", isEditKept: false }],
    updated: [],
    gone: [],
  });
});

test("a new text or link updates the slot", () => {
  const slots = [existing("6", { defaultText: "old" }), existing("7")];
  const { updated } = matchSlots(slots, [detected("6"), detected("7", { isLinked: true, defaultText: null })]);
  expect(updated.map((slot) => [slot.defaultText, slot.isLinked])).toEqual([
    ["graph", false],
    [null, true],
  ]);
});

test("an edited default stays, and the graph's other text is reported", () => {
  const edited = existing("6", { defaultText: "by hand", isDefaultEdited: true });
  expect(matchSlots([edited], [detected("6")]).kept).toMatchObject([{ defaultText: "by hand", isEditKept: true }]);
  expect(matchSlots([edited], [detected("6", { defaultText: "by hand" })]).kept).toMatchObject([{ isEditKept: false }]);
});

test("slots are matched by node and input, so another input of the node is another slot", () => {
  const { added, gone } = matchSlots([existing("6")], [detected("6", { inputName: "text_g" })]);
  expect([added.map((slot) => slot.inputName), gone.map((slot) => slot.inputName)]).toEqual([["text_g"], ["text"]]);
});

test("new slots continue the order and take labels that no slot has", () => {
  const { added } = matchSlots(
    [existing("6", { label: "Positive Prompt 1" })],
    [detected("5"), detected("6"), detected("7")],
  );
  expect(added.map((slot) => [slot.nodeId, slot.label, slot.sortOrder])).toEqual([
    ["5", "Positive Prompt 2", 5],
    ["7", "Positive Prompt 3", 6],
  ]);
});
