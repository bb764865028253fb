import { fieldsOf, promptsToKeep } from "./prompt-names.ts";

const slot = (nodeId: string, slotType: "POSITIVE" | "NEGATIVE") => ({
  nodeId,
  inputName: "text",
  slotType,
  isUserEditable: true,
});
const simple = { slots: [slot("2", "POSITIVE"), slot("3", "NEGATIVE")], clips: [], parameters: [] };
const split = {
  slots: [slot("1", "POSITIVE"), slot("2", "POSITIVE")],
  clips: [
    { nodeId: "1", inputName: "text", key: "positive_prompt_stage1" },
    { nodeId: "2", inputName: "text", key: "positive_prompt_stage2" },
  ],
  parameters: [],
};

test("prompts are kept under the most general names that mean one slot", () => {
  const values = { "2.text": "a boat", "3.text": "rain" };
  expect(promptsToKeep(simple, values)).toEqual({ positive_prompt: "a boat", negative_prompt: "rain" });
  expect(Object.keys(promptsToKeep(split, {}))).toEqual(["positive_prompt_stage1", "positive_prompt_stage2"]);
  expect(Object.keys(promptsToKeep({ ...split, clips: [] }, {}))).toEqual(["1.text", "2.text"]);
});

test("what was kept comes back into the same fields", () => {
  const values = { "2.text": "a boat", "3.text": "rain" };
  expect(fieldsOf(simple, promptsToKeep(simple, values))).toEqual(values);
});

test("a general name fills every stage that has no text of its own", () => {
  expect(fieldsOf(split, { positive_prompt: "all", positive_prompt_stage2: "second" })).toEqual({
    "1.text": "all",
    "2.text": "second",
  });
});

test("a parameter that is bound to a slot fills that slot; any other its own field", () => {
  const parameter = {
    key: "what",
    label: "What",
    type: "TEXT" as const,
    bindings: [{ nodeId: "2", inputName: "text" }],
    ui: { widget: "text", multiline: false, order: 0 },
  };
  expect(fieldsOf({ ...simple, parameters: [parameter] }, { what: "a kite", steps: 9 })).toEqual({
    "2.text": "a kite",
    steps: "9",
  });
});
