import { type GraphQLField, isEnumType, isObjectType, isRequiredArgument } from "graphql";
import { writeCursor } from "#graphql/connection.ts";
import { schema } from "#graphql/schema.ts";
import { type FullStudio, makeFullStudio } from "#test/api/studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: FullStudio;
beforeAll(async () => {
  app = await startTestApp();
  studio = await makeFullStudio(app, "Cursors");
});
afterAll(() => app[Symbol.asyncDispose]());

type Field = GraphQLField<unknown, unknown>;
const connections = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type)
    ? Object.values(type.getFields())
        .filter(({ args }) => args.some(({ name }) => name === "after"))
        .map((field) => [`${type.name}.${field.name}`, type.name, field] as const)
    : [],
);

/** What a list is asked of, where it has to be said. */
const askedOf: Record<string, string> = { promptNames: "projectId", sceneAssets: "branchId" };

/** The list once, and once more for each value of a choice, such as another order; empty of what no list takes. */
function* queriesOf(owner: string, field: Field, side: "after" | "before"): Generator<string> {
  const required = field.args.filter(
    (argument) => isRequiredArgument(argument) || argument.name === askedOf[field.name],
  );
  const { nodes } = studio as { nodes: Record<string, string> };
  const given = required.map(({ name }) => {
    const type = name.replace(/Id$/, "").replace(/^./, (first) => first.toUpperCase());
    return `${name}: "${nodes[type]}"`;
  });
  const choices = field.args.flatMap(({ name, type }) =>
    isEnumType(type) ? type.getValues().map((value) => `${name}: ${value.name}`) : [],
  );
  for (const choice of ["", ...choices]) {
    const list = `${field.name}(${side}: $cursor ${given.join(" ")} ${choice}) { nodes { __typename } }`;
    const inside = owner === "Query" ? list : `node(id: "${nodes[owner]}") { __typename ... on ${owner} { ${list} } }`;
    yield `query ($cursor: String) { ${inside} }`;
  }
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { extensions: { code: string; issues?: { path: string[] }[] } }[];
}

/** The code and the places of a refusal, "data" when there is none. */
async function answerTo(query: string, cursor: string): Promise<string> {
  const { data, errors } = (await app.execute(query, { cursor }, { errors: "return" })) as Answer;
  if (!errors) return data?.["node"] === null ? "nothing to ask" : "data";
  return errors
    .map(({ extensions: { code, issues } }) => [code, issues?.map(({ path }) => path.join("."))].join(" "))
    .join();
}

const text = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const sides = ["after", "before"] as const;

test.each(connections)("%s refuses what is no cursor", async (_path, owner, field) => {
  const dashes = writeCursor(["-".repeat(36)]);
  const junk = [
    "",
    "junk",
    "%",
    text(null),
    text({}),
    text([]),
    text([1]),
    text([["x"]]),
    text("x"),
    writeCursor(["\0"]),
  ];
  // Names may be any text.
  if (field.name !== "promptNames") junk.push(dashes, writeCursor(["x"]), writeCursor([""]), writeCursor(["1e3"]));
  for (const side of sides)
    for (const query of queriesOf(owner, field, side))
      for (const cursor of junk)
        expect([cursor, await answerTo(query, cursor)]).toEqual([cursor, `BAD_USER_INPUT ${side}`]);
});

const id = "01900000-0000-7000-8000-00000000dead";
const parts = [
  id,
  "-".repeat(36),
  id.toUpperCase(),
  "0",
  "1",
  "-1",
  "32768",
  "2147483648",
  "9".repeat(18),
  "9".repeat(40),
  "1.5",
  "NaN",
  "Infinity",
  "1e400",
  "0x10",
  " 1",
  "",
  "null",
  "true",
  "a\0b",
  "\ud800",
  "CHARACTER",
  "constructor",
  "2026-01-01T00:00:00.000Z",
  "2026-02-31T00:00:00.000Z",
  "0000-01-01T00:00:00.000Z",
  "+020000-01-01T00:00:00.000Z",
];
/** As single cursors and as those with several parts; each once. */
const cursors = new Set(
  [1, 2, 3]
    .flatMap((length) =>
      parts.flatMap((part) => {
        const before = Array.from<string>({ length: length - 1 }).fill(part);
        const behind = before.slice(1);
        return [
          [...before, part],
          [id, ...before],
          [...before, id],
          ["0", ...behind, id],
          ["CHARACTER", ...before],
        ];
      }),
    )
    .map(writeCursor),
);

test.each(connections)("%s answers every odd cursor with data or a refusal of it", async (_path, owner, field) => {
  const unexpected = new Set<string>();
  // Both sides are read alike, as the test before shows: one of them, and each order once.
  for (const query of queriesOf(owner, field, "after"))
    for (const cursor of cursors) {
      const answer = await answerTo(query, cursor);
      if (answer !== "data" && answer !== "BAD_USER_INPUT after")
        unexpected.add(`${Buffer.from(cursor, "base64url").toString()} ${answer}`);
    }
  expect([...unexpected]).toEqual([]);
});
