import type { FormParameter } from "./form-values.ts";
import { restoredValues } from "./restored-values.ts";

const parameter = (key: string, type: FormParameter["type"], part: Partial<FormParameter> = {}): FormParameter => ({
  key,
  label: key,
  type,
  bindings: [],
  ui: { widget: "number", multiline: false, order: 0 },
  ...part,
});
const parameters = [
  parameter("steps", "INT", { min: 1, max: 50 }),
  parameter("cfg", "FLOAT", { min: 0, max: 10 }),
  parameter("lora", "BOOLEAN"),
  parameter("seed", "SEED"),
];
const slot = { nodeId: "6", inputName: "text", isUserEditable: true };
const restored = (values: Record<string, string>) => restoredValues(values, parameters, [slot]);

test("values that fit stay as they were typed", () => {
  const values = { steps: "30", cfg: "7.50", lora: "true", seed: "18446744073709551615", "6.text": "a boat" };
  expect(restored(values)).toEqual(values);
});

test("values of parameters and prompts that are gone are left out", () => {
  expect(restored({ steps: "3", denoise: "0.4", "9.text": "gone" })).toEqual({ steps: "3" });
  expect(restoredValues({ "6.text": "mine" }, [], [{ ...slot, isUserEditable: false }])).toEqual({});
});

test("numbers out of range go to the nearest end", () => {
  expect(restored({ steps: "99", cfg: "-1" })).toEqual({ steps: "50", cfg: "0" });
});

test("values of another type give way to the workflow's own", () => {
  expect(restored({ steps: "many", cfg: "true", lora: "7", seed: "18446744073709551616" })).toEqual({});
  expect(restored({ steps: "2.5" })).toEqual({});
});
