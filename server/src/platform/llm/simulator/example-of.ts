import { simulatedMark } from "#platform/llm/simulator/mark.ts";

type Schema = Record<string, unknown>;

/** A value of a JSON Schema of the kind that structured answers have; texts repeat the beginning of what was asked. */
export function exampleOf(schema: Schema, asked: string): unknown {
  if ("const" in schema) return schema["const"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  const choices = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(choices)) return exampleOf(choices[0] as Schema, asked);
  switch (schema["type"]) {
    case "object":
      return Object.fromEntries(
        Object.entries((schema["properties"] ?? {}) as Record<string, Schema>).map(([name, property]) => [
          name,
          exampleOf(property, `${name}: ${asked}`),
        ]),
      );
    case "array": {
      const count = typeof schema["minItems"] === "number" ? schema["minItems"] : 0;
      return Array.from({ length: count }, (_, index) =>
        exampleOf(schema["items"] as Schema, `${index + 1}. ${asked}`),
      );
    }
    case "number":
    case "integer":
      return typeof schema["minimum"] === "number" ? schema["minimum"] : 0;
    case "boolean":
      return false;
    case "null":
      return null;
    default:
      return `${simulatedMark} ${asked.split("\n", 1)[0]?.slice(0, 120) ?? ""}`;
  }
}
