import { readFileSync } from "node:fs";
import { isListType, isNonNullType, Kind, parse, typeFromAST } from "graphql";

const cookbook = new URL("../docs/api-cookbook.md", import.meta.url);
const heading = /^## (.+)$/;

/** A place for each variable that an operation demands, to be filled in. */
function variablesOf(schema, document) {
  const variables = {};
  for (const { kind, variableDefinitions = [] } of document.definitions) {
    if (kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type: written } of variableDefinitions) {
      const type = typeFromAST(schema, written);
      if (!isNonNullType(type)) continue;
      variables[variable.name.value] = isListType(type.ofType)
        ? []
        : "ofType" in type && "getFields" in type.ofType
          ? {}
          : "";
    }
  }
  return variables;
}

/** A codegen plugin: every operation of docs/api-cookbook.md with the heading above it, for the API explorer. */
export const plugin = (schema) => {
  const examples = [];
  let title = "";
  let lines;
  for (const line of readFileSync(cookbook, "utf8").split("\n")) {
    if (lines === undefined) {
      title = heading.exec(line)?.[1] ?? title;
      if (line === "```graphql") lines = [];
    } else if (line === "```") {
      const query = lines.join("\n");
      const document = parse(query);
      const names = document.definitions.flatMap(({ name }) => (name ? [name.value] : []));
      examples.push({ title, names, query, variables: variablesOf(schema, document) });
      lines = undefined;
    } else lines.push(line);
  }
  return JSON.stringify(examples);
};
