import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from "graphql";
import { schema } from "#graphql/schema.ts";
import { makeFullStudio } from "#test/api/studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

/** Values of arguments that fields demand. */
const demanded: Record<string, string> = {};

/** A selection of every field, some levels deep. */
function everything(type: GraphQLNamedType, levels: number): string {
  if (isUnionType(type) || isInterfaceType(type)) return "__typename";
  if (!isObjectType(type)) return "";
  return Object.values(type.getFields())
    .map((field) => selectionOf(field, levels))
    .join(" ");
}
function selectionOf(field: GraphQLField<unknown, unknown>, levels: number): string {
  const type = getNamedType(field.type);
  const args = field.args
    .filter((argument) => isRequiredArgument(argument) || argument.name === "first")
    .map((argument) => `${argument.name}: ${argument.name === "first" ? 2 : demanded[argument.name]}`);
  const head = `${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}`;
  if (isLeafType(type)) return head;
  if (levels <= 0) return "";
  const inner = type.name.endsWith("Connection")
    ? `totalCount nodes { ${everything(getNamedType(nodesOf(type)), levels - 1)} }`
    : everything(type, levels - 1);
  return inner.trim() === "" ? "" : `${head} { ${inner} }`;
}
function nodesOf(type: GraphQLNamedType) {
  const nodes = isObjectType(type) ? type.getFields()["nodes"] : undefined;
  if (!nodes) throw new Error(`${type.name} has no nodes`);
  return nodes.type;
}

/** The operations of the product's lists, as wide as a page shows them, and the statements of each whatever the number of rows. */
const operations: Record<string, [statements: number, operation: string]> = {
  "workflows with slots and parameters": [
    12,
    `{ workflows(first: 100) { totalCount nodes { id name status currentVersion { id number graph } promptSlots { id label slotType defaultText } parameters { key default options ui { widget } } clips { key } timing { fps } stageTemplate { maxStages }
       versions(first: 3) { totalCount nodes { number } } duplicateOf { id } } } }`,
  ],
  "jobs with runs, machines and outputs": [
    12,
    `{ jobs(first: 100) { totalCount nodes { id name progress counts { total } workflow { name } createdBy { name } latestOutputs { thumbnailUrl }
       runs(first: 20) { totalCount nodes { id status seed graph machine { id name activeRuns } inputAsset { url } resolvedPrompts { text } } } } } }`,
  ],
  "jobs with the outputs of some of their runs": [
    6,
    `{ jobs(first: 100) { nodes { runs(first: 20, status: [SUCCEEDED]) { totalCount nodes { outputs { id filename width url } } } } } }`,
  ],
  "runs with their logs": [
    4,
    `{ jobs(first: 100) { nodes { runs(first: 20) { nodes { id logs(last: 5) { totalCount nodes { at event message } } } } } } }`,
  ],
  "takes with everything": [
    11,
    `{ takes(first: 100) { totalCount nodes { id status seed prompts { text } sceneType { name } character { name project { name } } artifacts { kind codec asset { url } } job { id status } inputAsset { id }
       reviewedBy { name } changes { path } segments { index status seedAsset { id } outputAsset { id } candidates { frame } job { id } } } } }`,
  ],
  "comparisons of prompt variants": [
    11,
    `{ takeComparisons(first: 100) { totalCount nodes { id seed sceneType { name } character { name } winner { label } differences { texts { text } }
       variants { label take { id status outputs { url } comparison { id } } } } } }`,
  ],
  "scene types with their texts": [
    7,
    `{ sceneTypes(first: 100) { totalCount nodes { id name workflow { name } workflowVersion { number } project { name } promptDefaults { text clipPosition slot { id label } } } } }`,
  ],
  characters: [
    8,
    `{ characters(first: 100) { totalCount nodes { id name metadata project { id name } group { name characterCount } images { id thumbnailUrl } } } }`,
  ],
  "character groups": [
    4,
    `{ characterGroups(first: 100) { totalCount nodes { id name characterCount project { name } } } }`,
  ],
  "override templates": [
    3,
    `{ overrideTemplates(first: 100) { totalCount nodes { id name fragments { text isStale fragment { text } } } } }`,
  ],
  fragments: [
    3,
    `query ($sceneType: ID!) { fragments(first: 100) { totalCount nodes { id text tags isPinned(sceneTypeId: $sceneType) } } }`,
  ],
  libraries: [2, `{ libraries(first: 100) { totalCount nodes { id name keys entries } } }`],
  outputs: [4, `{ outputs(first: 100) { totalCount nodes { id filename width url thumbnailUrl } } }`],
  "outputs that are searched": [
    5,
    `{ outputs(first: 100, search: "a", takeStatus: [REVIEW], media: IMAGE) { totalCount nodes { id filename url } } }`,
  ],
  projects: [4, `{ projects(first: 100) { totalCount nodes { id name libraries { name } } } }`],
  "stories with their scenes and states": [
    28,
    `{ projects(first: 100) { nodes { activeBranch { id isMain } lockedStyle { id } visualStyles { name isLocked images { id } } branches { id isActive
       assets(first: 20) { totalCount nodes { name image { id } libraryAsset { name image { url } } } }
       scenes(first: 20) { totalCount nodes { number title shots { action } endFrame { url }
         assets { effectiveDescription reviewStatus lastModifiedField image { url } projectAsset { name } inheritedFrom { id } inheritanceChain { scene { number } } changes(first: 5) { totalCount nodes { field user { name } } } } } } } } } }`,
  ],
  "stories with the pictures of their states": [
    19,
    `{ projects(first: 100) { nodes { assetWorkflow { name } assetPictureSizes { width } branches { scenes(first: 20) { nodes { imageProgress { total failures { error } } assetSuggestions { name projectAsset { name } }
       assets { generation { status progress isCurrent job { id } image { url } createdBy { name } } pictures(first: 5) { totalCount nodes { image { thumbnailUrl } } } } } } } } } }`,
  ],
  "stories with their prompts": [
    7,
    `{ projects(first: 100) { nodes { branches { promptCollection { names } scenes(first: 20) { nodes { promptNames metadata { poseName loras { name } }
       promptCollection { version names prompts { value } compositions { promptNames } legacyPrompts { girlPos } v1Backup file } } } } } } }`,
  ],
  "executions with their scenes, images and clips": [
    15,
    `{ executions(first: 100) { totalCount nodes { execId folder zipUrl progress { done images { total } } branch { slotPrompts { name slot { label } } }
       scenes { slug scene { slotPrompts { name } } job { name } images { filename asset { url } run { id } prompts { text } } }
       transitions { filename from { slug } to { slug } asset { url } job { name } } film { url } input { url } } } }`,
  ],
  "works with their prompts, chapters and translations": [
    27,
    `{ works(first: 100) { totalCount nodes { title project { name } createdBy { name } prompt { name latestVersion { number author { name } } versions(first: 5) { totalCount nodes { number isLatest revertedFrom { number } } } }
       chapters(first: 20) { totalCount nodes { number title text previous { number } next { number } latestTranslation { status progress { done } promptVersion { number } createdBy { name } } finishedTranslation { id }
         translations(first: 5) { totalCount nodes { text parts { text } inputTokens renderedPrompt } } } } } } }`,
  ],
  "the studio's library of assets": [5, `{ libraryAssets(first: 100) { totalCount nodes { name image { url } } } }`],
  "what fragments can be filtered by": [2, `{ fragmentFacets { categories { name count } tags { name count } } }`],
  machines: [2, `{ machines { id name activeRuns } }`],
  "the state of the system": [
    8,
    `{ systemStatus { isPaused pending active pools { name pending machines { id activeRuns } } workers { host } machines { id } } }`,
  ],
  "resolved prompts": [
    1,
    `query ($sceneType: ID!) { resolvePrompts(input: { sceneTypeId: $sceneType }) { resolvedText slot { label } spans { text } } }`,
  ],
};

let app: TestApp;
let sceneType = "";
let studios = 0;
/** Adds one more of everything: a project with its workflow, scene type, character, job, take and so on. */
const grow = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) {
    studios += 1;
    sceneType = (await makeFullStudio(app, `Studio ${studios} ${"x".repeat(studios)}`)).ids.sceneType;
  }
};
const statementsOf = async (operation: string): Promise<string[]> => {
  app.takeStatements();
  await app.execute(operation, operation.includes("$sceneType") ? { sceneType } : {});
  return app.takeStatements();
};

/** They take one of several arguments; validateWorkflow writes down what each machine says. */
const notLists = ["workflow", "promptNames", "applyLibrariesToCollection", "validateWorkflow"];
const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
  (field) => !field.args.some((argument) => isRequiredArgument(argument)) && !notLists.includes(field.name),
);

beforeAll(async () => {
  app = await startTestApp({ config: { limits: { maxCost: 1e12, maxDepth: 100 } } });
  await grow(2);
});
afterAll(() => app[Symbol.asyncDispose]());

test("the number of statements is the same for 2 rows and for 52", async () => {
  const count = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const [name, [, operation]] of Object.entries(operations))
      counts[name] = (await statementsOf(operation)).length;
    return counts;
  };
  const few = await count();
  await grow(50);
  expect(await count()).toEqual(few);
  expect(few).toEqual(Object.fromEntries(Object.entries(operations).map(([name, [statements]]) => [name, statements])));
});

/**
 * One row can be reached by several ways at different moments, each with a statement of its own; a statement for each row
 * would come 52 times.
 */
const ways = 8;

test.each(lists.map((field) => [field.name, field] as const))(
  "%s: no field, however deep, asks once for each row",
  async (_name, field) => {
    demanded["sceneTypeId"] = JSON.stringify(sceneType);
    const statements = await statementsOf(`{ ${selectionOf(field, 3).replace("first: 2", "first: 100")} }`);
    const times = new Map<string, number>();
    for (const sql of statements) {
      const shape = sql.replace(/\$\d+(,\$\d+)*/g, "$");
      times.set(shape, (times.get(shape) ?? 0) + 1);
    }
    expect([...times].filter(([, number]) => number > ways)).toEqual([]);
  },
);
