import { readFileSync } from "node:fs";
import {
  astFromValue,
  type DefinitionNode,
  type FieldDefinitionNode,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type InputValueDefinitionNode,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isUnionType,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
} from "graphql";
import { schema } from "#graphql/schema.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const contract = parse(read("./contract.graphql"));

/** What the schema lacks of the arguments or input fields that the contract names. */
function inputProblems(
  at: string,
  wanted: readonly InputValueDefinitionNode[],
  has: readonly (GraphQLArgument | { name: string; type: GraphQLInputType; defaultValue?: unknown })[],
): string[] {
  return wanted.flatMap((node) => {
    const found = has.find((each) => each.name === node.name.value);
    if (!found) return [`${at}.${node.name.value} is missing`];
    const problems: string[] = [];
    if (String(found.type) !== print(node.type))
      problems.push(`${at}.${node.name.value} is ${String(found.type)}, not ${print(node.type)}`);
    const given = found.defaultValue === undefined ? undefined : astFromValue(found.defaultValue, found.type);
    const value = given && print(given);
    const expected = node.defaultValue && print(node.defaultValue);
    if (value !== expected) problems.push(`${at}.${node.name.value} defaults to ${value}, not ${expected}`);
    return problems;
  });
}

function fieldProblems(
  type: string,
  wanted: readonly FieldDefinitionNode[],
  has: Record<string, GraphQLField<unknown, unknown>>,
): string[] {
  return wanted.flatMap((node) => {
    const at = `${type}.${node.name.value}`;
    const found = has[node.name.value];
    if (!found) return [`${at} is missing`];
    const known = new Set(node.arguments?.map((argument) => argument.name.value));
    const demanded = found.args.filter((argument) => !known.has(argument.name) && isRequiredArgument(argument));
    return [
      ...(String(found.type) === print(node.type) ? [] : [`${at} is ${String(found.type)}, not ${print(node.type)}`]),
      ...inputProblems(at, node.arguments ?? [], found.args),
      ...demanded.map((argument) => `${at} demands ${argument.name}, which the contract does not know`),
    ];
  });
}

/** Everything in which the schema falls short of one definition of the contract. */
function problemsOf(definition: DefinitionNode): string[] {
  if (!("name" in definition) || !definition.name) return [`unexpected ${definition.kind}`];
  const name = definition.name.value;
  const type = schema.getType(name);
  if (!type) return [`${name} is missing`];
  if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION ? !isObjectType(type) : !isInterfaceType(type))
      return [`${name} is of another kind`];
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    const has = new Set(type.getInterfaces().map((each) => each.name));
    const lacking = (definition.interfaces ?? []).filter((each) => !has.has(each.name.value));
    return [
      ...lacking.map((each) => `${name} does not implement ${each.name.value}`),
      ...fieldProblems(name, definition.fields ?? [], type.getFields()),
    ];
  }
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
    if (!isEnumType(type)) return [`${name} is no enum`];
    return (definition.values ?? [])
      .filter((value) => !type.getValue(value.name.value))
      .map((value) => `${name}.${value.name.value} is missing`);
  }
  if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    if (!isInputObjectType(type)) return [`${name} is no input`];
    const known = new Set(definition.fields?.map((field) => field.name.value));
    const demanded = Object.values(type.getFields()).filter(
      (field) => !known.has(field.name) && isRequiredInputField(field),
    );
    return [
      ...inputProblems(name, definition.fields ?? [], Object.values(type.getFields())),
      ...demanded.map((field) => `${name} demands ${field.name}, which the contract does not know`),
    ];
  }
  return [`${name} is a ${definition.kind}, which this test does not compare`];
}

test.each(
  contract.definitions.map(
    (definition) => ["name" in definition ? definition.name?.value : definition.kind, definition] as const,
  ),
)("the schema has all of %s as the contract says", (_name, definition) => {
  expect(problemsOf(definition)).toEqual([]);
});

test("every connection has edges with cursor and node, nodes, pageInfo and totalCount", () => {
  const connections = Object.values(schema.getTypeMap()).filter((type) => type.name.endsWith("Connection"));
  expect(connections.length).toBeGreaterThan(5);
  for (const type of connections) {
    if (!isObjectType(type)) throw new Error(`${type.name} is no object`);
    const item = type.name.replace(/Connection$/, "");
    const fields = Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
    expect(fields).toEqual({
      edges: `[${item}Edge!]!`,
      nodes: `[${item}!]!`,
      pageInfo: "PageInfo!",
      totalCount: "Int!",
    });
    const edge = schema.getType(`${item}Edge`);
    if (!isObjectType(edge)) throw new Error(`${item}Edge is missing`);
    expect(Object.values(edge.getFields()).map((field) => `${field.name}: ${String(field.type)}`)).toEqual([
      "cursor: String!",
      `node: ${item}!`,
    ]);
  }
});

test("every mutation takes one input and answers, nullably, with a union of its payload and error types", () => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    expect(field.args.map((argument) => argument.name)).toEqual(["input"]);
    const result = getNamedType(field.type);
    expect(String(field.type)).toBe(result.name);
    if (!isUnionType(result)) throw new Error(`${field.name} answers with ${result.name}, which is no union`);
    const [payload, ...errors] = result
      .getTypes()
      .toSorted((a, b) => Number(b.name.endsWith("Payload")) - Number(a.name.endsWith("Payload")));
    expect(payload?.name).toBe(result.name.replace(/Result$/, "Payload"));
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error.getInterfaces().map((each) => each.name)).toContain("Error");
  }
});

test("the committed schema.graphql is what the code prints", () => {
  expect(read("../../schema.graphql")).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`);
});

const documented = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith("__") && !["String", "Int", "Float", "Boolean", "ID"].includes(type.name),
);

test("every type, field, argument and enum value is described", () => {
  const bare: string[] = [];
  const look = (at: string, each: { description?: string | null | undefined }): void =>
    void (each.description?.trim() || bare.push(at));
  for (const type of documented) {
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field);
      for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
    }
  }
  expect(bare).toEqual([]);
});

test("no list has nullable items, and what is deprecated says why", () => {
  for (const type of documented) {
    if (isEnumType(type))
      for (const value of type.getValues())
        expect(value.deprecationReason ?? "fine").not.toMatch(/^(|No longer supported)$/);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const all = [field, ...("args" in field ? field.args : [])];
      for (const each of all) {
        expect(`${type.name}.${field.name}: ${String(each.type)}`).not.toMatch(/\[[^\]]*[^!]\]/);
        expect(each.deprecationReason ?? "fine").not.toMatch(/^(|No longer supported)$/);
      }
    }
  }
});
