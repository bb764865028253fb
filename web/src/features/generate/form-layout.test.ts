import { isShown, layoutForm } from "./form-layout.ts";
import type { FormParameter } from "./form-values.ts";

const parameter = (
  key: string,
  extra: Partial<FormParameter> = {},
  ui: Partial<FormParameter["ui"]> = {},
): FormParameter => ({
  key,
  label: key,
  type: "INT",
  bindings: [{ nodeId: "3", inputName: key }],
  ...extra,
  ui: { widget: "number", multiline: false, order: 0, ...ui },
});

describe("layoutForm", () => {
  test("groups by hint, in the order of each group's first parameter", () => {
    const { groups } = layoutForm(
      [
        parameter("fps", {}, { group: "Video", order: 3 }),
        parameter("steps", {}, { group: "Sampling", order: 1 }),
        parameter("cfg", {}, { group: "Sampling", order: 4 }),
      ],
      [],
      "NONE",
    );
    expect(groups.map((group) => [group.name, group.parameters.map((p) => p.key)])).toEqual([
      ["Sampling", ["steps", "cfg"]],
      ["Video", ["fps"]],
    ]);
  });

  test("leaves out hidden parameters and texts that a prompt slot shows", () => {
    const slots = [{ nodeId: "6", inputName: "text", isUserEditable: true }];
    const { groups } = layoutForm(
      [
        parameter("prefix", {}, { widget: "hidden" }),
        parameter("prompt", { type: "TEXT", bindings: [{ nodeId: "6", inputName: "text" }] }),
      ],
      slots,
      "NONE",
    );
    expect(groups).toEqual([]);
  });

  test("takes the first file parameter of the workflow's input kind as the job's input", () => {
    const image = parameter("input_image", { type: "IMAGE" }, { widget: "image", order: 1 });
    const mask = parameter("mask", { type: "IMAGE" }, { widget: "image", order: 2 });
    const { input, groups } = layoutForm([mask, image], [], "IMAGE");
    expect(input?.key).toBe("input_image");
    expect(groups[0]?.parameters.map((p) => p.key)).toEqual(["mask"]);
  });
});

describe("isShown", () => {
  test("follows another parameter's value, as the form holds it", () => {
    const strength = parameter("strength", {}, { visibleWhen: { key: "lora", equals: true } });
    expect([isShown(strength, { lora: "true" }), isShown(strength, { lora: "false" }), isShown(strength, {})]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isShown(parameter("steps"), {})).toBe(true);
  });
});
