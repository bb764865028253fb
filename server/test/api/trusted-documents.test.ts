import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DocumentNode, Kind, parse, print, visit } from "graphql";
import { readTrustedDocuments } from "#app/trusted-documents.ts";
import { startApi } from "#test/api/api-server.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

const known = `
  query Projects($first: Int!) { projects(first: $first) { nodes { ...Named } } }
  fragment Named on Project { name }`;

let app: TestApp;
let folder: string;
let file: string;
beforeAll(async () => {
  app = await startTestApp();
  folder = await mkdtemp(join(tmpdir(), "callsheet-documents-"));
  file = join(folder, "pipeline.json");
  await writeFile(file, JSON.stringify({ "2e1f…": known }));
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** As a client with a normalised cache sends it. */
function withTypenames(document: DocumentNode): DocumentNode {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } } as const;
  return visit(document, {
    SelectionSet: (node, _key, parent) =>
      (parent as { kind?: string }).kind === Kind.OPERATION_DEFINITION
        ? undefined
        : { ...node, selections: [...node.selections, typename] },
  });
}

test("a server of known documents runs them however they are written, and no others, on both transports", async () => {
  await using api = await startApi(app, { config: { trustedDocuments: [file] } });
  const socket = await api.socket();
  const backwards = print({ ...parse(known), definitions: parse(known).definitions.toReversed() });
  for (const text of [known, backwards, print(withTypenames(parse(known))), `# again\n${known}`]) {
    expect((await api.post(text, { first: 1 })).errors).toBeUndefined();
    expect((await socket.run(text, { first: 1 })).errors).toBeUndefined();
  }
  const others = [
    "{ projects(first: 1) { nodes { name } } }",
    known.replace("{ name }", "{ name id }"),
    known.replace("name }", "other: __typename name }"),
    "{ __schema { types { name } } }",
    `mutation { createProject(input: { name: "x" }) { __typename } }`,
  ];
  for (const text of others) {
    const refused = [{ extensions: { code: "DOCUMENT_NOT_TRUSTED" } }];
    expect((await api.post(text, { first: 1 })).errors).toMatchObject(refused);
    expect((await socket.run(text, { first: 1 })).errors).toMatchObject(refused);
  }
  expect(await app.deps.db.prisma.project.count()).toBe(0);
});

test.each([
  ["that is not there", "nowhere.json", undefined, /nowhere\.json: ENOENT/],
  ["that is no JSON", "broken.json", "{", /broken\.json: .*JSON/],
  ["of another shape", "list.json", '["query A { viewer { name } }"]', /list\.json: .*record/s],
  ["with a text that is no document", "text.json", '{"a": "query {"}', /text\.json: Syntax Error/],
])("a file %s stops the start, by its name", async (_what, name, content, message) => {
  if (content !== undefined) await writeFile(join(folder, name), content);
  await expect(readTrustedDocuments([join(folder, name)])).rejects.toThrow(message);
});

test("all that the web client asks is known as it sends it", async () => {
  const manifest = fileURLToPath(new URL("../../../web/src/gql/documents.json", import.meta.url));
  const trusted = await readTrustedDocuments([manifest]);
  const texts = Object.values(JSON.parse(await readFile(manifest, "utf8")) as Record<string, string>);
  expect(texts.length).toBeGreaterThan(100);
  for (const text of texts) expect(trusted.has(withTypenames(parse(text)))).toBe(true);
});
