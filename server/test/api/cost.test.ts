import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type ASTNode,
  type FragmentDefinitionNode,
  isEnumType,
  isInputObjectType,
  isRequiredInputField,
  Kind,
  parse,
  parseType,
  print,
  type TypeNode,
  visit,
} from "graphql";
import { createAdmission } from "#graphql/admission.ts";
import { createPipeline } from "#graphql/pipeline.ts";
import { schema } from "#graphql/schema.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

/** What an operation costs, as the refusal tells when nothing is allowed. */
async function costOf(operation: string, variables: Record<string, unknown> = {}): Promise<number> {
  const pipeline = createPipeline(schema, { ...app.deps.config.limits, maxCost: 0 }, true);
  const prepared = pipeline.prepare(operation);
  if ("errors" in prepared) throw prepared.errors[0];
  const result = await pipeline.execute({
    document: prepared.document,
    operationName: undefined,
    variables,
    context: { deps: app.deps, viewer: app.admin, requestId: "test" },
  });
  const [, cost] = /costs (\d+)/.exec(result.errors?.[0]?.message ?? "") ?? [];
  return Number(cost);
}

const run =
  "id index status progress currentNode seed machine { id name } outputs { id filename url thumbnailUrl width height }";
const job = `id name status priority progress counts { total pending active succeeded failed } createdAt workflow { id name } latestOutputs { id thumbnailUrl }`;
const pageOfJobs = (jobs: string, runs: string): string =>
  `{ jobs${jobs} { totalCount pageInfo { hasNextPage endCursor } nodes { ${job} runs${runs} { totalCount nodes { ${run} } } } } }`;

test("a page counts as many entries as were asked for, and as many as it gives when nobody says", async () => {
  const one = await costOf("{ jobs(first: 1) { nodes { id } } }");
  expect(await costOf("{ jobs(first: 10) { nodes { id } } }")).toBe(1 + (one - 1) * 10);
  expect(await costOf("{ jobs(last: 10) { nodes { id } } }")).toBe(1 + (one - 1) * 10);
  expect(await costOf("{ jobs { nodes { id } } }")).toBe(1 + (one - 1) * 50);
  expect(await costOf("query ($n: Int) { jobs(first: $n) { nodes { id } } }", { n: 200 })).toBe(1 + (one - 1) * 200);
  expect(await costOf("query ($n: Int = 20) { jobs(first: $n) { nodes { id } } }")).toBe(1 + (one - 1) * 20);
});

test("nodes and edges cost the same", async () => {
  const nodes = await costOf("{ workflows(first: 10) { nodes { id name } } }");
  const edges = await costOf("{ workflows(first: 10) { edges { node { id name } } } }");
  expect(edges - nodes).toBe(10);
});

test("graphs, which are long, cost more than other fields", async () => {
  expect(await costOf("{ workflows(first: 10) { nodes { currentVersion { graph } } } }")).toBeGreaterThan(500);
});

test.each([
  ["a page of jobs with the first runs of each", pageOfJobs("", "(first: 20)")],
  ["a job with 200 runs", `{ jobs(first: 1) { nodes { ${job} runs(first: 200) { nodes { ${run} } } } } }`],
  [
    "200 workflows with their slots and parameters",
    "{ workflows(first: 200) { nodes { id name promptSlots { id label defaultText slotType } parameters { key label type default ui { widget order } } } } }",
  ],
  [
    "200 takes with all that a card shows",
    "{ takes(first: 200) { nodes { id status character { name } sceneType { name } outputs { thumbnailUrl } job { progress } } } }",
  ],
])("%s is allowed", async (_what, operation) => {
  await expect(app.execute(operation)).resolves.toBeDefined();
});

test.each([
  ["200 jobs with 200 runs each and their outputs", pageOfJobs("(first: 200)", "(first: 200)")],
  [
    "200 workflows with 200 versions and their graphs",
    "{ workflows(first: 200) { nodes { versions(first: 200) { nodes { graph } } } } }",
  ],
  ["50 jobs with 50 runs and their graphs", "{ jobs { nodes { runs { nodes { graph resolvedPrompts { text } } } } } }"],
])("%s is too much", async (_what, operation) => {
  const { errors } = await app.execute(operation, {}, { errors: "return" });
  expect(errors).toMatchObject([
    { extensions: { code: "COST_LIMIT" }, message: expect.stringMatching(/costs \d+; 200000 are allowed/) },
  ]);
});

/** The operations of the web client, each with the fragments that it spreads. */
function webOperations(): [string, string][] {
  const web = fileURLToPath(new URL("../../../web/src", import.meta.url));
  const files = existsSync(web)
    ? readdirSync(web, { recursive: true, encoding: "utf8" }).filter(
        (file) => /\.tsx?$/.test(file) && !file.startsWith("gql"),
      )
    : [];
  const texts = files.flatMap((file) =>
    [...readFileSync(join(web, file), "utf8").matchAll(/graphql\(\s*(?:\/\* GraphQL \*\/\s*)?`([^`]*)`/g)].map(
      (match) => match[1] ?? "",
    ),
  );
  const definitions = texts.flatMap((text) => parse(text).definitions);
  const fragments = new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])),
  );
  const spread = (node: ASTNode, into: Set<string>): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || into.has(name.value)) return;
        into.add(name.value);
        spread(fragment, into);
      },
    });
  };
  return definitions.flatMap((each): [string, string][] => {
    if (each.kind !== Kind.OPERATION_DEFINITION) return [];
    const names = new Set<string>();
    spread(each, names);
    return [
      [
        each.name?.value ?? "unnamed",
        [each, ...[...names].map((name) => fragments.get(name) as FragmentDefinitionNode)]
          .map((node) => print(node))
          .join("\n"),
      ],
    ];
  });
}
const operations = webOperations();

(operations.length > 0 ? test.each(operations) : test.skip.each([["", ""] as [string, string]]))(
  "%s of the web client is within the limits",
  (_name, operation) => {
    const { limits } = app.deps.config;
    const prepared = createPipeline(schema, limits, true).prepare(operation);
    if ("errors" in prepared) throw prepared.errors[0];
    const admit = createAdmission(schema, limits);
    const [node] = prepared.document.definitions;
    if (node?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
    const variables = Object.fromEntries(
      (node.variableDefinitions ?? []).map((variable) => [variable.variable.name.value, sample(variable.type)]),
    );
    expect(
      admit({
        document: prepared.document,
        operationName: undefined,
        variables,
        context: { deps: app.deps, viewer: app.admin, requestId: "test" },
      }),
    ).not.toHaveProperty("errors");
  },
);

/** Any value of a type, with pages of 50. */
function sample(type: TypeNode): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return sample(type.type);
  if (type.kind === Kind.LIST_TYPE) return [];
  const named = schema.getType(type.name.value);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (isInputObjectType(named)) {
    return Object.fromEntries(
      Object.values(named.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, sample(parseType(String(field.type)))]),
    );
  }
  return { Int: 50, Float: 1, Boolean: true, JSON: {} }[type.name.value] ?? "1";
}
