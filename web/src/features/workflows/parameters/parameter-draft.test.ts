import type { Parameter } from "./parameter-fields.ts";
import { changesBetween, draftOf, widgetsFor, wrongNumbers } from "./parameter-draft.ts";

const steps: Parameter = {
  key: "steps",
  label: "Steps",
  type: "INT",
  default: 20,
  min: 1,
  max: 100,
  step: 1,
  options: null,
  category: "GENERATION",
  isEdited: false,
  bindings: [{ nodeId: "5", inputName: "steps" }],
  ui: {
    widget: "number",
    multiline: false,
    placeholder: null,
    help: null,
    group: null,
    order: 0,
    optionsSource: null,
    visibleWhen: null,
  },
};

const draft = draftOf(steps);

describe("changesBetween", () => {
  test("is empty when nothing was changed", () => {
    expect(changesBetween(draft, draftOf(steps))).toEqual({});
  });

  test("sends what was changed and nothing else", () => {
    expect(changesBetween(draft, { ...draft, max: "50", help: "How long it thinks", widget: "slider" })).toEqual({
      max: 50,
      ui: { help: "How long it thinks", widget: "slider" },
    });
  });

  test("takes away what was emptied", () => {
    expect(changesBetween(draft, { ...draft, min: "", default: "" })).toEqual({ min: null, default: null });
  });

  test("sends a seed as text, so that its 64 bits stay exact", () => {
    const seed = { ...draft, type: "SEED" as const };
    expect(changesBetween(seed, { ...seed, default: "18446744073709551615" })).toEqual({
      default: "18446744073709551615",
    });
  });

  test("sends the default along with another type, as that type has it", () => {
    const choice = { ...draft, default: "true" };
    expect(changesBetween(choice, { ...choice, type: "BOOLEAN" })).toEqual({ type: "BOOLEAN", default: true });
  });

  test("leaves out bindings that are not complete", () => {
    const bindings = [...draft.bindings, { nodeId: "9", inputName: "steps" }, { nodeId: "", inputName: "" }];
    expect(changesBetween(draft, { ...draft, bindings }).bindings).toHaveLength(2);
  });

  test("compares with another parameter's value in its own type", () => {
    expect(changesBetween(draft, { ...draft, visibleKey: "upscale", visibleValue: "true" }).ui?.visibleWhen).toEqual({
      key: "upscale",
      equals: true,
    });
  });
});

test("a machine's options are not taken for the parameter's own", () => {
  const lora = { ...steps, options: ["a", "b"], ui: { ...steps.ui, optionsSource: "loras" } };
  expect(draftOf(lora).options).toBe("");
});

test("every type can be hidden", () => {
  expect(widgetsFor("IMAGE")).toEqual(["image", "hidden"]);
});

test("words in number fields are found", () => {
  expect(wrongNumbers({ ...draft, min: "one", max: "" })).toEqual(["min"]);
});
