import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
} from "graphql";
import { encodeId } from "#graphql/ids.ts";
import { schema } from "#graphql/schema.ts";
import { type PasswordApp, startPasswordApp } from "#test/accounts/password-app.ts";
import { studioWide } from "#test/api/id-places.ts";
import { type FullStudio, makeFullStudio } from "#test/api/studio.ts";

/** Ten thousand in `npm run drills`. */
const documents = process.env["DRILL_RUNS"] === undefined ? 400 : 10_000;
/** A failure is found again with the same one. */
const seed = Number(process.env["DRILL_SEED"] ?? 20_261_128);

let app: PasswordApp;
let theirs: FullStudio;
let ours: FullStudio;
let cookie: string;
beforeAll(async () => {
  app = await startPasswordApp();
  theirs = await makeFullStudio(app, "Theirs");
  ours = await makeFullStudio(app, "Ours");
  const admin = await app.firstAdmin();
  cookie = await app.person(admin, "dora@studio.example", "VIEWER", [
    { projectId: ours.nodes.Project, role: "CREATOR" },
  ]);
});
afterAll(() => app[Symbol.asyncDispose]());

/** mulberry32: small, and the same everywhere. */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = randomOf(seed);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
const chance = (share: number): boolean => random() < share;

/** These end what the person may do or ask machines, which is another matter. */
const elsewhere =
  /^(signOut|revoke|leave|removeProjectMember|deleteProject|addMachine|refreshMachine|deactivate|changePassword)/;
const strings = ["", "plain", "%_\\", "' OR 1=1 --", "\u0000", "🎬", "x".repeat(3_000)];
const anyId = (): string =>
  pick([
    () => pick(Object.values(theirs.nodes)),
    () => pick(Object.values(ours.nodes)),
    () => encodeId("Job", "01900000-0000-7000-8000-00000000dead"),
    () => "junk",
  ])();
const scalars: Record<string, () => unknown> = {
  ID: anyId,
  String: () => pick(strings),
  Int: () => pick([0, 1, 5, 50, -1, 2_147_483_647]),
  Float: () => pick([0, 0.5, -1, 1e308]),
  Boolean: () => chance(0.5),
  BigInt: () => pick(["0", "18446744073709551615", "-1"]),
  JSON: () => pick([null, {}, [], { a: 1 }]),
};

function valueOf(type: GraphQLInputType, level = 0): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, level);
  if (isListType(type)) return Array.from({ length: Math.floor(random() * 3) }, () => valueOf(type.ofType, level + 1));
  if (isEnumType(type)) return pick(type.getValues()).name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isRequiredInputField(field) || (level < 3 && chance(0.3)))
        .map((field) => [field.name, valueOf(field.type, level + 1)]),
    );
  return (scalars[type.name] ?? (() => "2026-01-01T00:00:00Z"))();
}

/** A document whose variables have the right types, and values that need not make sense. */
function randomDocument(): { query: string; variables: Record<string, unknown> } {
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const argumentsOf = (args: readonly { name: string; type: GraphQLInputType; defaultValue?: unknown }[]): string => {
    const given = args.filter(
      (argument) => (isNonNullType(argument.type) && argument.defaultValue === undefined) || chance(0.3),
    );
    const texts = given.map((argument) => {
      const name = `v${declared.length}`;
      declared.push(`$${name}: ${String(argument.type)}`);
      variables[name] = valueOf(argument.type);
      return `${argument.name}: $${name}`;
    });
    return texts.length > 0 ? `(${texts.join(", ")})` : "";
  };
  const selection = (type: GraphQLOutputType, depth: number): string => {
    const named = getNamedType(type);
    if (!isCompositeType(named)) return "";
    if (isAbstractType(named)) {
      const parts = schema.getPossibleTypes(named).filter(() => chance(0.5));
      return `{ __typename ${parts.map((part) => `... on ${part.name} ${selection(part, depth)}`).join(" ")} }`;
    }
    if (!isObjectType(named)) return "{ __typename }";
    // The picture of something in the studio's library is shown to the studio, whichever project it came from.
    const fields = Object.values(named.getFields()).filter(
      (field) => named.name !== "LibraryAsset" || field.name !== "image",
    );
    const chosen = fields.filter((field) => !isCompositeType(getNamedType(field.type)) || depth > 0);
    const taken = chosen.filter(() => chance(4 / Math.max(4, chosen.length)));
    const texts = taken.map(
      (field, index) => `a${index}: ${field.name}${argumentsOf(field.args)} ${selection(field.type, depth - 1)}`,
    );
    return `{ __typename ${"id" in named.getFields() ? "id" : ""} ${texts.join(" ")} }`;
  };
  const kind = chance(0.75) ? "query" : "mutation";
  const root = kind === "query" ? schema.getQueryType() : schema.getMutationType();
  const field = pick(Object.values(root?.getFields() ?? {}).filter(({ name }) => !elsewhere.test(name)));
  const body = `${field.name}${argumentsOf(field.args)} ${selection(field.type, 3)}`;
  return { query: `${kind} ${declared.length > 0 ? `(${declared.join(", ")})` : ""} { ${body} }`, variables };
}

test(
  `${documents} random documents of somebody of one project: no failure that nobody expects, and nothing of the other project`,
  async () => {
    const foreign = [
      ...Object.entries(theirs.nodes).flatMap(([type, id]) => (studioWide.has(type) ? [] : [id])),
      ...Object.values(theirs.own),
    ];
    const wrong: string[] = [];
    let told = 0;
    for (let n = 0; n < documents; n += 1) {
      const { query, variables } = randomDocument();
      const answer = await app.ask(query, variables, { cookie });
      if (answer.data && Object.values(answer.data as object).some((value) => value !== null)) told += 1;
      const data = JSON.stringify(answer.data ?? null, (_key, value: unknown) =>
        typeof value === "bigint" ? String(value) : value,
      );
      const leaked = foreign.find((id) => data.includes(id));
      const internal = answer.errors?.find((error) => error.extensions.code === "INTERNAL");
      const tells = /node_modules|\bat \w+ \(|prisma|postgres/i.test(JSON.stringify(answer.errors ?? []));
      if (answer.status >= 500 || leaked !== undefined || internal || tells)
        wrong.push(
          `${n}: ${answer.status} ${leaked ?? internal?.message ?? answer.text.slice(0, 200)}\n${query.slice(0, 400)}\n${JSON.stringify(variables).slice(0, 300)}`,
        );
    }
    expect(wrong).toEqual([]);
    // Enough of them got as far as an answer.
    expect(told).toBeGreaterThan(documents / 8);
  },
  240_000 + documents * 100,
);
