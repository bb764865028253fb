import type { Viewer } from "#domains/accounts/viewer.ts";
import { encodeId } from "#graphql/ids.ts";
import { schema } from "#graphql/schema.ts";
import { type Place, places, studioWide } from "#test/api/id-places.ts";
import { type FullStudio, makeFullStudio } from "#test/api/studio.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let studio: FullStudio;
/** CREATOR of the studio, who may only read in the one project. */
let reader: Viewer;
let before: Record<string, string>;
beforeAll(async () => {
  app = await startTestApp();
  studio = await makeFullStudio(app, "Market");
  reader = { ...studio.stranger, projectIds: [studio.projectId], projectRoles: { [studio.projectId]: "VIEWER" } };
  before = await contents();
});
afterAll(() => app[Symbol.asyncDispose]());

/** What every table holds, as a hash of its own. */
async function contents(): Promise<Record<string, string>> {
  const { pool } = app.deps.db;
  const { rows } = await pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const hashes = rows.map(async ({ name }) => {
    const hash = await pool.query<{ hash: string }>(
      `SELECT md5(COALESCE(string_agg(row::text, '|' ORDER BY row::text), '')) AS hash FROM "${name}" row`,
    );
    return [name, hash.rows[0]?.hash ?? ""] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** Open to whoever may read. */
const reads = new Set(["applyAutoPrompts", "revokeApiKey"]);
const isOfProject = ({ type, isStudioWide, mutation }: Place): boolean =>
  !isStudioWide && !studioWide.has(type) && !reads.has(mutation);
const named = places.filter(isOfProject).map((each) => [`${each.mutation} ${each.path.join(".")}`, each] as const);

/** The input of a mutation with the studio's own thing at that place. */
function inputOf({ path, input, type }: Place): unknown {
  const whole = structuredClone(input(studio.nodes, studio));
  let at: Record<string, unknown> = whole;
  for (const [index, key] of path.slice(0, -1).entries())
    at = (at[key] ??= /^\d+$/.test(path[index + 1] ?? "") ? [] : {}) as Record<string, unknown>;
  at[path.at(-1) ?? ""] = (studio.nodes as Record<string, string>)[type];
  return whole;
}
const send = async (each: Place, viewer: Viewer) => {
  const name = schema.getMutationType()?.getFields()[each.mutation]?.args[0]?.type;
  const query = `mutation ($input: ${String(name)}) { result: ${each.mutation}(input: $input) { __typename ... on Error { code path message } } }`;
  return (await app.execute(query, { input: inputOf(each) }, { viewer, errors: "return" })).data.result;
};
const sees = async (id: string, viewer: Viewer): Promise<boolean> =>
  (await app.execute("query ($id: ID!) { node(id: $id) { id } }", { id }, { viewer })).node !== null;

test.each(named)("%s: who may only read in the project is refused", async (_name, each) => {
  const id = (studio.nodes as Record<string, string>)[each.type] ?? "";
  const isSeen = await sees(id, reader);
  const result = await send(each, reader);
  // What a person can't even see stays unknown, such as somebody else's draft.
  expect(isSeen ? ["ForbiddenError"] : ["ForbiddenError", "NotFoundError", "ValidationError"]).toContain(
    result.__typename,
  );
});

test("none of them has written anything", async () => {
  expect(await contents()).toEqual(before);
});

test("the refusal says which role is needed, and where in the input", async () => {
  const [first] = places.filter(({ mutation }) => mutation === "updateScene");
  expect(await send(first as Place, reader)).toEqual({
    __typename: "ForbiddenError",
    code: "FORBIDDEN",
    path: ["id"],
    message: "updateScene needs the role CREATOR in the project",
  });
});

test("what looks ahead at a submission says beforehand that a file of the project can't be taken", async () => {
  const query =
    "query ($input: SubmitJobInput!) { preflightJob(input: $input) { status findings { finding { code path remedy } } } }";
  const input = {
    workflowId: studio.pictureWorkflowId,
    inputs: [{ assetId: studio.nodes.Asset }],
  };
  expect((await app.execute(query, { input }, { viewer: reader })).preflightJob).toMatchObject({
    status: "BLOCKED",
    findings: [
      {
        finding: {
          code: "INPUT_MISSING",
          path: ["inputs", "0", "assetId"],
          remedy: expect.stringContaining("a project in which you may look, not change"),
        },
      },
    ],
  });
});

test("a reader of one project writes in another, and sees both", async () => {
  const other = await app.deps.db.prisma.project.create({ data: { name: "Harbour" } });
  const both: Viewer = {
    ...reader,
    projectIds: [studio.projectId, other.id],
    projectRoles: { [studio.projectId]: "VIEWER", [other.id]: "CREATOR" },
  };
  const query =
    "mutation ($input: CreateCharacterInput!) { createCharacter(input: $input) { __typename ... on Error { path } } }";
  const create = (projectId: string) =>
    app.execute(query, { input: { projectId: encodeId("Project", projectId), name: "Ines" } }, { viewer: both });
  expect(await create(other.id)).toEqual({ createCharacter: { __typename: "CreateCharacterPayload" } });
  expect(await create(studio.projectId)).toEqual({
    createCharacter: { __typename: "ForbiddenError", path: ["projectId"] },
  });
  const { characters } = await app.execute("{ characters { totalCount } }", {}, { viewer: both });
  expect(characters.totalCount).toBe(2);
});

test("nobody goes beyond the role in the studio", async () => {
  const guest: Viewer = { ...reader, role: "VIEWER", projectRoles: { [studio.projectId]: "ADMIN" } };
  const query = "mutation ($input: UpdateSceneInput!) { updateScene(input: $input) { __typename } }";
  expect(await app.execute(query, { input: { id: studio.nodes.Scene } }, { viewer: guest })).toEqual({
    updateScene: { __typename: "ForbiddenError" },
  });
});
