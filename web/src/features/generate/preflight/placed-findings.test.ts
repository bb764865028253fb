import type { FormParameter } from "#features/generate/form-values.ts";
import { type Finding, placedFindings } from "./placed-findings.ts";

const finding = (part: Partial<Finding>) => ({
  runCount: 1,
  finding: {
    code: "X",
    isBlocking: true,
    message: "it is wrong",
    remedy: "Mend it.",
    path: [],
    suggestions: [],
    ...part,
  },
});
const fields = ["tries", "inputs.0", "inputs.1", "params.steps", "params.model", "params.6.text"];
const model: FormParameter = {
  key: "model",
  label: "Model",
  type: "SELECT",
  bindings: [{ nodeId: "1", inputName: "ckpt_name" }],
  ui: { widget: "select", multiline: false, order: 0 },
};
const placed = (...findings: ReturnType<typeof finding>[]) => {
  const { atFields, elsewhere } = placedFindings(findings, fields, [model]);
  return { at: Object.fromEntries(atFields), elsewhere: elsewhere.length };
};

test("a finding is shown at the field that it names, or at the one around it", () => {
  expect(placed(finding({ path: ["params", "steps"] })).at).toEqual({ "params.steps": "it is wrong. Mend it." });
  expect(placed(finding({ path: ["inputs", "1", "assetId"] })).at).toHaveProperty(["inputs.1"]);
  expect(placed(finding({ path: ["prompts", "6.text"] })).at).toHaveProperty(["params.6.text"]);
});

test("what a machine lacks is shown at the parameter that sets it, with names that are near", () => {
  const missing = finding({ nodeId: "1", inputName: "ckpt_name", suggestions: ["a", "b"] });
  expect(placed(missing).at).toEqual({ "params.model": "it is wrong. Mend it. Near: a, b." });
});

test("warnings, and what no field shows, are listed apart", () => {
  expect(placed(finding({ path: ["params", "steps"], isBlocking: false }), finding({ path: ["nowhere"] }))).toEqual({
    at: {},
    elsewhere: 2,
  });
});

test("what is wrong with the file that a job brings is shown at the inputs", () => {
  const image: FormParameter = {
    ...model,
    key: "image",
    type: "IMAGE",
    bindings: [{ nodeId: "2", inputName: "image" }],
  };
  const missing = finding({ code: "INPUT_MISSING", nodeId: "2", inputName: "image" });
  const { atFields } = placedFindings([missing], ["inputs", ...fields], [model, image], image);
  expect(Object.fromEntries(atFields)).toEqual({ inputs: "it is wrong. Mend it." });
});
