import { changedParams, coerce, defaultValues, type FormParameter } from "./form-values.ts";

const parameter = (key: string, type: FormParameter["type"], value: unknown): FormParameter => ({
  key,
  label: key,
  type,
  default: value,
  bindings: [],
  ui: { widget: "number", multiline: false, order: 0 },
});
const slot = { nodeId: "6", inputName: "text", defaultText: "a street", isUserEditable: true };

describe("coerce", () => {
  test("gives numbers for numeric fields and keeps text that is no number", () => {
    expect(coerce("INT", "20")).toBe(20);
    expect(coerce("FLOAT", "7.5")).toBe(7.5);
    expect(coerce("INT", "twenty")).toBe("twenty");
  });

  test("keeps a seed beyond 2^53 exact by sending it as text", () => {
    expect(coerce("SEED", "18446744073709551615")).toBe("18446744073709551615");
    expect(coerce("SEED", "42")).toBe(42);
  });

  test("reads switches", () => {
    expect(coerce("BOOLEAN", "true")).toBe(true);
    expect(coerce("BOOLEAN", "false")).toBe(false);
  });
});

describe("changedParams", () => {
  const parameters = [parameter("steps", "INT", 20), parameter("cfg", "FLOAT", 7)];

  test("sends nothing when nothing was changed", () => {
    expect(changedParams(defaultValues(parameters, [slot]), parameters, [slot])).toEqual({});
  });

  test("sends changed parameters typed and changed prompts by node and input", () => {
    const values = { ...defaultValues(parameters, [slot]), steps: "30", "6.text": "a harbour" };
    expect(changedParams(values, parameters, [slot])).toEqual({ steps: 30, "6.text": "a harbour" });
  });

  test("an emptied number falls back to the workflow's own; an emptied prompt is sent empty", () => {
    const values = { ...defaultValues(parameters, [slot]), steps: "", "6.text": "" };
    expect(changedParams(values, parameters, [slot])).toEqual({ "6.text": "" });
  });

  test("never sends a locked prompt", () => {
    const locked = { ...slot, isUserEditable: false };
    expect(changedParams({ "6.text": "mine" }, [], [locked])).toEqual({});
  });
});
