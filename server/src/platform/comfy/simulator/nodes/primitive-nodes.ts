import type { InputDefinition, NodeDefinition } from "../node-definition.ts";
import { flag, link, prose, text } from "./define.ts";

const far = 9_223_372_036_854_775_807n;

function primitive(name: string, displayName: string, type: string, value: InputDefinition): NodeDefinition {
  return {
    name,
    displayName,
    category: "utilities/primitive",
    isModern: true,
    required: { value },
    outputs: [{ type }],
    execute: (inputs) => ({ outputs: [inputs["value"]] }),
  };
}

export const primitiveNodes: NodeDefinition[] = [
  primitive("PrimitiveString", "Text", "STRING", text()),
  primitive("PrimitiveStringMultiline", "Text (Multiline)", "STRING", prose()),
  primitive("PrimitiveInt", "Int", "INT", { type: "INT", options: { min: -far, max: far, control_after_generate: "fixed" } }),
  primitive("PrimitiveFloat", "Float", "FLOAT", { type: "FLOAT", options: { min: -far, max: far, step: 0.1 } }),
  primitive("PrimitiveBoolean", "Boolean", "BOOLEAN", flag(false)),
  {
    name: "StringConcatenate",
    displayName: "Concatenate Text",
    category: "text",
    isModern: true,
    required: { string_a: prose(), string_b: prose(), delimiter: text() },
    outputs: [{ type: "STRING" }],
    execute: ({ string_a: a, string_b: b, delimiter }) => ({ outputs: [`${String(a)}${String(delimiter)}${String(b)}`] }),
  },
  {
    name: "PreviewAny",
    displayName: "Preview as Text",
    category: "utilities",
    required: { source: link("*") },
    outputs: [{ type: "STRING" }],
    isOutput: true,
    execute: ({ source }) => {
      const shown = typeof source === "string" ? source : (JSON.stringify(source) ?? "None");
      return { outputs: [shown], ui: { text: [shown] } };
    },
  },
];
