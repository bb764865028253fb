import { encodeId } from "#graphql/ids.ts";
import { makeFullStudio } from "#test/api/studio.ts";
import { type PasswordApp, startPasswordApp } from "#test/accounts/password-app.ts";

let app: PasswordApp;
let admin: string;
let stranger: string;
let links: string[];
beforeAll(async () => {
  app = await startPasswordApp();
  const studio = await makeFullStudio(app, "Market");
  admin = await app.firstAdmin();
  stranger = await app.person(admin, "eve@studio.example", "CREATOR");
  const { prisma } = app.deps.db;
  const runId = Buffer.from(studio.nodes.Run, "base64").toString().split(":")[1] ?? "";
  await prisma.runPreview.create({ data: { runId, mime: "image/png", bytes: Buffer.from("x") } });
  const sign = (path: string): string => app.deps.signedUrls.sign(path, 600);
  const plain = (id: string): string => Buffer.from(id, "base64").toString().split(":")[1] ?? "";
  links = [
    sign(`/assets/${plain(studio.nodes.Asset)}/output.png`),
    sign(`/thumbnails/${plain(studio.nodes.Asset)}`),
    sign(`/previews/${runId}`),
    sign(`/recipes/${plain(studio.nodes.Take)}/recipe.json`),
    sign(`/timelines/${studio.projectId}/timeline.zip`),
    sign(`/executions/${plain(studio.nodes.Execution)}/film.zip`),
  ];
  expect(encodeId("Run", runId)).toBe(studio.nodes.Run);
});
afterAll(() => app[Symbol.asyncDispose]());

test("a signed link opens nothing for somebody who is not signed in", async () => {
  for (const link of links) expect([link, (await app.http(link)).status]).toEqual([link, 401]);
});

test("a signed link that was passed on opens nothing for somebody outside of the project", async () => {
  for (const link of links)
    expect([link, (await app.http(link, { headers: { cookie: stranger } })).status]).toEqual([link, 404]);
});

test("a signed link opens for whoever may see what it leads to", async () => {
  for (const link of links.slice(2)) {
    const response = await app.http(link, { headers: { cookie: admin } });
    await response.body?.cancel();
    expect([link, [200, 409].includes(response.status)]).toEqual([link, true]);
  }
});

test("a link without its signature opens nothing, signed in or not", async () => {
  for (const link of links)
    expect((await app.http(link.split("?")[0] ?? "", { headers: { cookie: admin } })).status).toBe(403);
});

test("an upload is sent by whoever announced it only", async () => {
  const { data } = await app.ask(
    'mutation { createUpload(input: { filename: "a.txt", bytes: 3 }) { ... on CreateUploadPayload { uploadUrl } } }',
    {},
    { cookie: stranger },
  );
  const put = async (headers: Record<string, string>) =>
    (await app.http(data.createUpload.uploadUrl, { method: "PUT", body: "abc", headers })).status;
  expect(await put({})).toBe(401);
  const other = await app.person(admin, "finn@studio.example", "CREATOR");
  expect(await put({ cookie: other })).toBe(404);
  expect(await put({ cookie: stranger })).toBe(204);
});

test("metrics are for ADMIN", async () => {
  expect((await app.http("/metrics")).status).toBe(401);
  expect((await app.http("/metrics", { headers: { cookie: stranger } })).status).toBe(401);
  expect((await app.http("/metrics", { headers: { cookie: admin } })).status).toBe(200);
});
