import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { Readable } from "node:stream";
import sharp from "sharp";
import { encodeId } from "#graphql/ids.ts";
import { createSignedUrls } from "#platform/storage/signed-urls.ts";
import { assetClient } from "#test/api/asset-client.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let client: ReturnType<typeof assetClient>;
beforeAll(async () => {
  app = await startTestApp({ roles: { api: true }, config: { secret: "a secret that only this test knows" } });
  client = assetClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

const picture = (colour: string, width = 6, height = 4): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();
test("a file goes up, becomes an asset, and comes down again the same", async () => {
  const data = await picture("red");
  const announced = await client.create({ filename: "red.png", bytes: data.length, mime: "image/jpeg" });
  expect(announced.headers).toEqual({ "content-type": "application/octet-stream" });
  expect(
    (await client.put(announced.uploadUrl, client.bytesOf(data) as NonNullable<RequestInit["body"]>, announced.headers))
      .status,
  ).toBe(204);
  const { asset } = await client.complete(announced.uploadId);
  const sha256 = createHash("sha256").update(data).digest("hex");
  expect(asset).toMatchObject({
    filename: "red.png",
    kind: "UPLOAD",
    mime: "image/png",
    bytes: data.length,
    sha256,
    width: 6,
    height: 4,
    durationSecs: null,
  });
  expect((await client.complete(announced.uploadId)).asset).toMatchObject({ id: asset.id, filename: "red.png" });

  const answer = await client.get(asset.url);
  expect(
    Object.fromEntries(
      ["content-type", "content-length", "etag", "x-content-type-options", "accept-ranges"].map((name) => [
        name,
        answer.headers.get(name),
      ]),
    ),
  ).toEqual({
    "content-type": "image/png",
    "content-length": String(data.length),
    etag: `"${sha256}"`,
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
  });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(data);
});

test("the same content is stored once, under as many names as it is given", async () => {
  const data = await picture("teal");
  const first = await client.upload("teal.png", data);
  const files = await client.storedFiles();
  const second = await client.upload("teal.png", data);
  expect(second.filename).toBe("teal__2.png");
  expect(second.sha256).toBe(first.sha256);
  expect(await client.storedFiles()).toEqual(files);
});

test.each([0, -1, 1.5, 1e15])("%s bytes can't be announced", async (bytes) => {
  expect(await client.create({ filename: "a.png", bytes })).toMatchObject({
    __typename: "ValidationError",
    path: ["bytes"],
  });
});

test("a completion before the bytes have come is refused, and works afterwards", async () => {
  const data = await picture("olive");
  const { uploadId, uploadUrl } = await client.create({ filename: "a.png", bytes: data.length });
  expect(await client.complete(uploadId)).toMatchObject({ __typename: "ConflictError", code: "UPLOAD_INCOMPLETE" });
  await client.put(uploadUrl, client.bytesOf(data) as NonNullable<RequestInit["body"]>);
  expect((await client.complete(uploadId)).asset.width).toBe(6);
  expect((await client.put(uploadUrl, client.bytesOf(data) as NonNullable<RequestInit["body"]>)).status).toBe(409);
});

test("an upload whose bytes have gone while it waited asks for them again", async () => {
  const data = await picture("khaki");
  const { uploadId, uploadUrl } = await client.create({ filename: "a.png", bytes: data.length });
  await client.put(uploadUrl, client.bytesOf(data) as NonNullable<RequestInit["body"]>);
  await app.deps.storage.deleteUpload(
    (await app.deps.db.prisma.upload.findFirstOrThrow({ orderBy: { id: "desc" } })).id,
  );
  expect(await client.complete(uploadId)).toMatchObject({ __typename: "ConflictError", code: "UPLOAD_INCOMPLETE" });
  await client.put(uploadUrl, client.bytesOf(data) as NonNullable<RequestInit["body"]>);
  expect((await client.complete(uploadId)).asset.width).toBe(6);
});

test.each([
  ["fewer", 90],
  ["more", 110],
])("%s bytes than announced are refused and leave nothing", async (_what, length) => {
  const files = await client.storedFiles();
  const { uploadId, uploadUrl } = await client.create({ filename: "a.bin", bytes: 100 });
  // Streamed without a length, so that the server has to count.
  const answer = await client.put(uploadUrl, Readable.toWeb(Readable.from([randomBytes(length)])));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "UPLOAD_SIZE" });
  expect(await client.storedFiles()).toEqual(files);
  expect(await client.complete(uploadId)).toMatchObject({ code: "UPLOAD_INCOMPLETE" });
});

test("far too many bytes are refused with an answer", async () => {
  const { uploadUrl } = await client.create({ filename: "a.bin", bytes: 100 });
  const answer = await client.put(uploadUrl, randomBytes(3_000_000));
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: "UPLOAD_SIZE" }]);
});

test("links that are forged, changed or expired are refused", async () => {
  const { uploadId, uploadUrl } = await client.create({ filename: "a.bin", bytes: 3 });
  const other = await client.create({ filename: "b.bin", bytes: 3 });
  const query = uploadUrl.split("?")[1];
  const bare = Buffer.from(uploadId, "base64").toString().split(":")[1];
  const expired = createSignedUrls("a secret that only this test knows", () => Date.now() - 48 * 3_600_000).sign(
    `/uploads/${bare}`,
    60,
  );
  const forged = createSignedUrls("a guess at the secret of the server").sign(`/uploads/${bare}`, 3600);
  for (const url of [
    `/uploads/${bare}`,
    `/uploads/${bare}?expires=9999999999&signature=x`,
    uploadUrl.replace(/signature=./, "signature=~"),
    uploadUrl.replace(/expires=\d/, "expires=9"),
    `${other.uploadUrl.split("?")[0]}?${query}`,
    `/uploads/../uploads/${bare}?${query}x`,
    expired,
    forged,
  ]) {
    expect((await client.put(url, "abc")).status).toBe(403);
  }
  expect((await client.put(uploadUrl, "abc")).status).toBe(204);
});

test("an unknown upload is not found", async () => {
  const id = "01900000-0000-7000-8000-00000000dead";
  const answer = await client.put(app.deps.signedUrls.sign(`/uploads/${id}`, 3600), "abc");
  expect(answer.status).toBe(404);
  expect(await client.complete(encodeId("Upload", id))).toMatchObject({
    __typename: "NotFoundError",
    path: ["uploadId"],
  });
});

test("somebody else's upload is not found", async () => {
  const { uploadId } = await client.create({ filename: "a.bin", bytes: 3 });
  const user = await app.deps.db.prisma.user.create({ data: { name: "other", role: "CREATOR" } });
  const viewer = { userId: user.id, name: "other", role: "CREATOR" as const, projectIds: [] };
  const { completeUpload } = await app.execute(
    "mutation ($id: ID!) { completeUpload(input: { uploadId: $id }) { __typename } }",
    { id: uploadId },
    { viewer },
  );
  expect(completeUpload).toEqual({ __typename: "NotFoundError" });
});

test("a damaged picture is refused and leaves neither file nor row", async () => {
  const whole = await sharp(randomBytes(64 * 64 * 3), { raw: { width: 64, height: 64, channels: 3 } })
    .png()
    .toBuffer();
  const files = await client.storedFiles();
  const before = await client.rows();
  for (const data of [
    whole.subarray(0, whole.length / 2),
    Buffer.concat([whole.subarray(0, 20), randomBytes(200)]),
    Buffer.concat([whole.subarray(0, 8), Buffer.alloc(50)]),
  ]) {
    const { uploadId, uploadUrl } = await client.create({ filename: "broken.png", bytes: data.length });
    expect((await client.put(uploadUrl, client.bytesOf(data) as NonNullable<RequestInit["body"]>)).status).toBe(204);
    expect(await client.complete(uploadId)).toMatchObject({
      __typename: "ValidationError",
      code: "UNREADABLE_MEDIA",
      path: ["uploadId"],
    });
  }
  expect(await client.storedFiles()).toEqual(files);
  expect(await client.rows()).toEqual(before);
});

test("an upload that is cut off leaves nothing, and can be sent again", async () => {
  const files = await client.storedFiles();
  const { uploadId, uploadUrl } = await client.create({ filename: "cut.bin", bytes: 1_000_000 });
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `PUT ${uploadUrl} HTTP/1.1\r\nhost: x\r\ncontent-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\n`,
  );
  socket.write(randomBytes(300_000));
  // Half of it has arrived once the server has begun to write it.
  while ((await client.storedFiles()).length === files.length) await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
  await once(socket, "close");
  while ((await client.storedFiles()).length > files.length) await new Promise((resolve) => setImmediate(resolve));
  expect(await client.complete(uploadId)).toMatchObject({ code: "UPLOAD_INCOMPLETE" });
  expect(
    (await client.put(uploadUrl, randomBytes(1_000_000) as unknown as NonNullable<RequestInit["body"]>)).status,
  ).toBe(204);
});

test("two streams for one upload do not mix, and two completions make one asset", async () => {
  const [one, two] = [randomBytes(400_000), randomBytes(400_000)];
  const { uploadId, uploadUrl } = await client.create({ filename: "twice.bin", bytes: 400_000 });
  const slowly = (data: Buffer) =>
    Readable.toWeb(
      Readable.from(Array.from({ length: 40 }, (_, n) => data.subarray(n * 10_000, (n + 1) * 10_000))),
    ) as unknown as NonNullable<RequestInit["body"]>;
  const answers = await Promise.all([client.put(uploadUrl, slowly(one)), client.put(uploadUrl, slowly(two))]);
  expect(answers.map((answer) => answer.status)).toEqual([204, 204]);
  const completions = await Promise.all(Array.from({ length: 5 }, () => client.complete(uploadId)));
  expect(new Set(completions.map((completion) => completion.asset.id)).size).toBe(1);
  const { asset } = completions[0];
  const back = Buffer.from(await (await client.get(asset.url)).arrayBuffer());
  expect(createHash("sha256").update(back).digest("hex")).toBe(asset.sha256);
  expect([one, two].some((data) => data.equals(back))).toBe(true);
  const left = (await client.storedFiles()).filter(
    (file) =>
      file.startsWith("temporary/") ||
      file.includes(Buffer.from(uploadId, "base64").toString().slice("Upload:".length)),
  );
  expect(left).toEqual([]);
});

test.each([
  ["../../etc/passwd", "passwd"],
  ["C:\\Windows\\system32\\evil.png", "evil.png"],
  ["a\u0000b\nc.png", "a_b_c.png"],
  ['q"uo<te>.png', "q_uo_te_.png"],
  ["...hidden.png", "hidden.png"],
  ["CON.png", "_CON.png"],
  ["gnp\u202E.exe", "gnp_.exe"],
  ["ünï cödé 猫.png", "ünï cödé 猫.png"],
  ["half \ud800 pair.png", "half _ pair.png"],
  [`${"x".repeat(500)}.png`, `${"x".repeat(176)}.png`],
])("the name %j is made safe", async (given, stored) => {
  const asset = await client.upload(given, `content of ${stored}`);
  expect(asset.filename).toBe(stored);
  const answer = await client.get(asset.url);
  expect(answer.status).toBe(200);
  const disposition = answer.headers.get("content-disposition") ?? "";
  expect(decodeURIComponent(disposition.split("''")[1] ?? "")).toBe(stored);
  expect(disposition).toMatch(/^[\x20-\x7e]*$/);
});

test("many uploads of one name at once get numbers of their own", async () => {
  const assets = await Promise.all(Array.from({ length: 8 }, (_, n) => client.upload("same.txt", `content ${n}`)));
  expect(assets.map((asset): string => asset.filename).toSorted()).toEqual([
    "same.txt",
    "same__2.txt",
    "same__3.txt",
    "same__4.txt",
    "same__5.txt",
    "same__6.txt",
    "same__7.txt",
    "same__8.txt",
  ]);
});

test("a body is taken as it is, whatever type it says it has", async () => {
  const data = '{"not": "parsed"';
  const { uploadId, uploadUrl } = await client.create({ filename: "a.json", bytes: data.length });
  expect((await client.put(uploadUrl, data, { "content-type": "application/json" })).status).toBe(204);
  expect((await client.complete(uploadId)).asset.bytes).toBe(data.length);
});

test("uploads whose time is over are forgotten with what had arrived of them", async () => {
  const { uploadId, uploadUrl } = await client.create({ filename: "late.bin", bytes: 3 });
  await client.put(uploadUrl, "abc");
  const id = Buffer.from(uploadId, "base64").toString().split(":")[1] ?? "";
  await app.deps.db.prisma.upload.update({ where: { id }, data: { expiresAt: new Date(0) } });
  expect((await client.put(uploadUrl, "abc")).status).toBe(404);
  await client.create({ filename: "next.bin", bytes: 3 });
  expect(await app.deps.db.prisma.upload.findUnique({ where: { id } })).toBeNull();
  expect((await client.storedFiles()).filter((file) => file.includes(id))).toEqual([]);
});

test("a large file passes through without being held in memory", async () => {
  const size = 300 * 1024 * 1024;
  const chunk = randomBytes(1024 * 1024);
  const { uploadId, uploadUrl } = await client.create({ filename: "large.bin", bytes: size });
  let highest = 0;
  const before = process.memoryUsage();
  const body = Readable.from(
    (function* () {
      for (let n = 0; n < 300; n++) {
        const { arrayBuffers, heapUsed } = process.memoryUsage();
        highest = Math.max(highest, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
        yield chunk;
      }
    })(),
    { highWaterMark: 1 },
  );
  expect(
    (
      await client.put(
        uploadUrl,
        Readable.toWeb(body, { strategy: { highWaterMark: 1 } }) as unknown as NonNullable<RequestInit["body"]>,
      )
    ).status,
  ).toBe(204);
  // What is no longer used stays until somebody collects it.
  expect(highest).toBeLessThan(100 * 1024 * 1024);
  expect((await client.complete(uploadId)).asset.bytes).toBe(size);
});
