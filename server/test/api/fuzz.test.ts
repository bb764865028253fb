import { inspect } from "node:util";
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import { encodeId } from "#graphql/ids.ts";
import { schema } from "#graphql/schema.ts";
import { type FullStudio, makeFullStudio } from "#test/api/studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: FullStudio;
beforeAll(async () => {
  app = await startTestApp();
  studio = await makeFullStudio(app, "Fuzz");
});
afterAll(() => app[Symbol.asyncDispose]());

/** Values that are right for the type and wrong for the product, or at the edge of what it can hold. */
const odd: Record<string, unknown[]> = {
  String: ["", " ", "\u0000", "a\u0000b", "\ud800", "x".repeat(300_000), "%_\\", "' OR 1=1 --", "🎬", "1e999"],
  Int: [0, -1, 2_147_483_647, -2_147_483_648],
  Float: [0, -1, 0.5, 1e308, -1e308, 9_007_199_254_740_992],
  Boolean: [true, false],
  ID: ["", "\u0000", encodeId("Job", "x"), "ª".repeat(1_000)],
  BigInt: ["18446744073709551615", "18446744073709551616", "-1", "99999999999999999999", 0],
  JSON: [
    null,
    [],
    "text",
    1,
    12345678901234567890n,
    { "": "" },
    { a: { b: [1] } },
    { "a\u0000": "b\u0000" },
    { k: "\ud800" },
    { __proto__: 1 },
    JSON.parse(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`),
    JSON.parse("[".repeat(20_000) + "]".repeat(20_000)),
  ],
};

type Place = GraphQLArgument | GraphQLInputField;
let subject = "Job";
const idOf = (name: string): string => {
  const type =
    { id: subject, uploadId: "Upload", slotId: "PromptSlot", targetId: "Character", inputAssetId: "Asset" }[name] ??
    name.replace(/Id$/, "").replace(/^./, (first) => first.toUpperCase());
  return (studio.nodes as Record<string, string>)[type] ?? encodeId(type, "01900000-0000-7000-8000-00000000dead");
};

/** Something that is right for a place. */
function plain(type: GraphQLInputType, name: string): unknown {
  if (isNonNullType(type)) return plain(type.ofType, name);
  if (isListType(type)) return [plain(type.ofType, name)];
  if (isEnumType(type)) return type.getValues()[0]?.value;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, plain(field.type, field.name)]),
    );
  return type.name === "ID"
    ? idOf(name)
    : ({ String: "plain", Int: 1, Float: 1, Boolean: false, BigInt: 1, JSON: {} } as Record<string, unknown>)[
        type.name
      ];
}

/** All ways to make a value odd in one place. */
function* oddities(type: GraphQLInputType, name: string): Generator {
  if (isNonNullType(type)) return yield* oddities(type.ofType, name);
  if (isListType(type)) {
    yield [];
    yield Array.from({ length: 300 }, () => plain(type.ofType, name));
    for (const value of oddities(type.ofType, name)) yield [value];
  } else if (isInputObjectType(type)) {
    const base = plain(type, name) as Record<string, unknown>;
    for (const field of Object.values(type.getFields()))
      for (const value of oddities(field.type, field.name)) yield { ...base, [field.name]: value };
  } else if (isEnumType(type)) {
    for (const value of type.getValues()) yield value.value;
  } else yield* odd[type.name] ?? [];
}

function* argumentSets(args: readonly Place[]): Generator<Record<string, unknown>> {
  const base = Object.fromEntries(
    args
      .filter((argument) => isRequiredArgument(argument))
      .map((argument) => [argument.name, plain(argument.type, argument.name)]),
  );
  for (const argument of args)
    for (const value of oddities(argument.type, argument.name)) yield { ...base, [argument.name]: value };
}

/** These ask machines, which is another matter. */
const elsewhere = new Set(["addMachine", "refreshMachine"]);
const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  Object.values(type?.getFields() ?? {})
    .filter((field) => field.args.length > 0 && !elsewhere.has(field.name))
    .map((field) => [`${type?.name}.${field.name}`, field] as const),
);

test.each(fields)("%s answers every odd input with data or an expected error", async (path, field) => {
  const unexpected: unknown[] = [];
  const selection = getNamedType(field.type).name.endsWith("Connection")
    ? "{ totalCount nodes { __typename } }"
    : isCompositeType(getNamedType(field.type))
      ? "{ __typename }"
      : "";
  const kind = path.startsWith("Query") ? "query" : "mutation";
  subject = Object.keys(studio.nodes).find((type) => field.name.endsWith(type)) ?? "Job";
  for (const variables of argumentSets(field.args)) {
    const used = field.args.filter((argument) => argument.name in variables);
    const query = `${kind} (${used.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(", ")}) { ${field.name}(${used.map((argument) => `${argument.name}: $${argument.name}`).join(", ")}) ${selection} }`;
    const { errors } = await app.execute(query, variables, { errors: "return" });
    const internal = errors?.find((error: { extensions?: { code: string } }) => error.extensions?.code === "INTERNAL");
    if (internal)
      unexpected.push(inspect(variables, { depth: 6, maxStringLength: 60, breakLength: Infinity }).slice(0, 300));
  }
  expect(unexpected).toEqual([]);
});
