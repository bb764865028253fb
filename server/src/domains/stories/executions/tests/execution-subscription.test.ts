import { encodeId } from "#graphql/ids.ts";
import { type Api, startApi } from "#test/api/api-server.ts";
import { type ExecutionStudio, startExecutionStudio } from "#test/execution-studio.ts";

let studio: ExecutionStudio;
let api: Api;
beforeAll(async () => {
  studio = await startExecutionStudio();
  api = await startApi(studio);
  api.viewers.set("admin", studio.admin);
  api.viewers.set("stranger", await studio.person("CREATOR"));
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await studio[Symbol.asyncDispose]();
});

const watch = `subscription ($ids: [ID!]!) { executionUpdated(ids: $ids) { executionId execution { status progress { done } film { filename } } } }`;

test("an execution is told as it is, then as its runs go on, up to the film", async () => {
  const story = await studio.story("Watched", ["One", "Two"]);
  const { id } = await story.start({ pausesForChoice: false });
  const client = await api.socket({ "x-viewer": "admin" });
  client.subscribe("execution", watch, { ids: [encodeId("Execution", id)] });
  const told: { status: string; progress: { done: number }; film: { filename: string } | null }[] = [];
  do told.push((await client.next()).payload.data.executionUpdated.execution);
  while (told.at(-1)?.status !== "SUCCEEDED");
  expect(told.length).toBeGreaterThan(2);
  const done = told.map(({ progress }) => progress.done);
  expect(done.toSorted((a, b) => a - b)).toEqual(done);
  expect(told.at(-1)).toMatchObject({ progress: { done: 1 }, film: { filename: "final.mp4" } });
  await client.close();
});

test("a foreign execution can't be watched", async () => {
  const story = await studio.story("Foreign", ["One", "Two"]);
  const { id } = await story.start();
  const client = await api.socket({ "x-viewer": "stranger" });
  client.subscribe("execution", watch, { ids: [encodeId("Execution", id)] });
  expect(await client.next()).toMatchObject({ payload: { errors: [{ extensions: { code: "NOT_FOUND" } }] } });
  await client.close();
  await studio.untilExecution(id, ({ status }) => status === "SUCCEEDED");
});
