import { slotKey } from "./form-values.ts";
import { promptsWithStages } from "./stage-prompts.ts";

const slot = (nodeId: string, label: string) => ({
  id: nodeId,
  nodeId,
  inputName: "text",
  label,
  defaultText: `text of ${nodeId}`,
  isUserEditable: true,
});
const clip = (nodeId: string, number: number) => ({
  nodeId,
  inputName: "text",
  key: `positive_prompt_stage${number}`,
  label: `Clip ${number}`,
  number,
});
const place = (nodeId: string) => ({ nodeId, inputName: "text" });
const source = {
  slots: [slot("1", "Positive 1"), slot("2", "Positive 2"), slot("3", "Negative")],
  clips: [clip("1", 1), clip("2", 2)],
  stages: [{ prompts: [place("1")] }, { prompts: [place("2")] }],
};
const labels = (count: number | null) => promptsWithStages(source, count).map(({ label }) => label);

test("a stage's prompt is called by its clip", () => {
  expect(labels(null)).toEqual(["Clip 1", "Clip 2", "Negative"]);
  expect(promptsWithStages({ ...source, stages: null }, 5)).toHaveLength(3);
});

test("a stage that is left out takes its prompt along", () => {
  expect(labels(1)).toEqual(["Clip 1", "Negative"]);
});

test("an added stage has a prompt of its own behind the last, which begins with that one's text", () => {
  expect(labels(4)).toEqual(["Clip 1", "Clip 2", "Clip 3", "Clip 4", "Negative"]);
  const added = promptsWithStages(source, 3).find(({ label }) => label === "Clip 3");
  expect(added && slotKey(added)).toBe("positive_prompt_stage3");
  expect(added?.defaultText).toBe("text of 2");
});
