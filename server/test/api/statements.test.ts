import { getNamedType, type GraphQLField, type GraphQLNamedType, isInterfaceType, isLeafType, isObjectType, isRequiredArgument, isUnionType } from "graphql";
import { createFragment } from "#domains/fragments/fragments.service.ts";
import { createLibrary } from "#domains/libraries/libraries.service.ts";
import { encodeId } from "#graphql/ids.ts";
import { schema } from "#graphql/schema.ts";
import { makeFullStudio } from "#test/api/studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

/** Values of arguments that fields demand. */
const demanded: Record<string, string> = {};

/** A selection of every field, some levels deep. */
function everything(type: GraphQLNamedType, levels: number): string {
  if (isUnionType(type) || isInterfaceType(type)) return "__typename";
  if (!isObjectType(type)) return "";
  return Object.values(type.getFields()).map((field) => selectionOf(field, levels)).join(" ");
}
function selectionOf(field: GraphQLField<unknown, unknown>, levels: number): string {
  const type = getNamedType(field.type);
  const args = field.args.filter((argument) => isRequiredArgument(argument) || argument.name === "first").map((argument) => `${argument.name}: ${argument.name === "first" ? 2 : demanded[argument.name]}`);
  const head = `${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}`;
  if (isLeafType(type)) return head;
  if (levels <= 0) return "";
  const inner = type.name.endsWith("Connection") ? `totalCount nodes { ${everything(getNamedType(nodesOf(type)), levels - 1)} }` : everything(type, levels - 1);
  return inner.trim() === "" ? "" : `${head} { ${inner} }`;
}
function nodesOf(type: GraphQLNamedType) {
  const nodes = isObjectType(type) ? type.getFields()["nodes"] : undefined;
  if (!nodes) throw new Error(`${type.name} has no nodes`);
  return nodes.type;
}

let app: TestApp;
let studios = 0;
/** Adds one more of everything: a project with its workflow, scene type, character, job, take and so on. */
const grow = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) {
    const studio = await makeFullStudio(app, `Studio ${String(++studios).padStart(3, "0")} ${"x".repeat(studios)}`);
    demanded["sceneTypeId"] = JSON.stringify(studio.ids.sceneType);
  }
};

/** Statements of each operation, whatever the number of rows. */
const expected: Record<string, number> = {};

beforeAll(async () => {
  app = await startTestApp({ config: { limits: { maxCost: 1e12, maxDepth: 100 } } });
});
afterAll(() => app[Symbol.asyncDispose]());

const countOf = async (operation: string): Promise<number> => {
  app.takeStatements();
  await app.execute(operation);
  return app.takeStatements().length;
};
test("x", async () => {
  const count = async () => {
    const counts: Record<string, number> = {};
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      if (["node", "applyLibraries", "job", "workflow", "character", "sceneType", "promptOverrides", "resolvePrompts"].includes(field.name)) continue;
      const sel = selectionOf(field, 3).replace("first: 2", "first: 100");
      counts[field.name] = await countOf(`{ ${sel} }`);
    }
    return counts;
  };
  await grow(2);
  const few = await count();
  await grow(10);
  const many = await count();
  console.log(Object.keys(few).map((k) => `${k} ${few[k]} ${many[k]} ${few[k] === many[k] ? "" : "!!!!"}`).join("\n"));
  void expected; void createFragment; void createLibrary; void encodeId;
}, 60000);
