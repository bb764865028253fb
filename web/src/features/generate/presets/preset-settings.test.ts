import type { FormParameter } from "#features/generate/form-values.ts";
import { defaultOptions } from "#features/generate/job-options.ts";
import { optionsOf, settingsToKeep } from "./preset-settings.ts";

const parameter = (key: string, type: FormParameter["type"]): FormParameter => ({
  key,
  label: key,
  type,
  bindings: [{ nodeId: "6", inputName: key }],
  ui: { widget: "number", multiline: false, order: 0 },
});

test("settings keep parameters typed, and neither files nor prompts", () => {
  const parameters = [
    parameter("steps", "INT"),
    parameter("mask", "IMAGE"),
    parameter("text", "TEXT"),
    parameter("style", "TEXT"),
    parameter("cfg", "FLOAT"),
  ];
  const values = { steps: "9", mask: "asset", text: "a boat", "6.text": "a boat", style: "oil", cfg: "" };
  expect(settingsToKeep(defaultOptions, values, parameters)["params"]).toEqual({ steps: 9, style: "oil" });
});

test("options come back as they were kept, a large seed exactly", () => {
  const options = {
    ...defaultOptions,
    tries: "4",
    seedMode: "FIXED" as const,
    seed: "18446744073709551615",
    resolution: "Square 512",
    stages: "3",
    skipBlocked: true,
  };
  expect({ ...defaultOptions, ...optionsOf(settingsToKeep(options, {}, [])) }).toEqual(options);
});
