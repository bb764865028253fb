import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { Readable } from "node:stream";
import sharp from "sharp";
import { sampleClip } from "#platform/media/sample-media.ts";
import { encodeId } from "#graphql/ids.ts";
import { createSignedUrls } from "#platform/storage/signed-urls.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ roles: { api: true }, config: { secret: "a secret that only this test knows" } });
});
afterAll(() => app[Symbol.asyncDispose]());

const picture = (colour: string, width = 6, height = 4): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();
const create = async (input: { filename: string; bytes: number; mime?: string; projectId?: string }): Promise<any> =>
  (
    await app.execute(
      "mutation ($input: CreateUploadInput!) { createUpload(input: $input) { ... on CreateUploadPayload { uploadId uploadUrl headers } ... on Error { __typename code path message } } }",
      { input },
    )
  ).createUpload;
const complete = async (uploadId: string): Promise<any> =>
  (
    await app.execute(
      `mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) {
        ... on CompleteUploadPayload { asset { id filename kind mime bytes sha256 width height durationSecs url thumbnailUrl } } ... on Error { __typename code path message } } }`,
      { input: { uploadId } },
    )
  ).completeUpload;
const put = (url: string, body: NonNullable<RequestInit["body"]>, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${url}`, { method: "PUT", body, headers, duplex: "half" });
const bytesOf = (data: Buffer | string): Uint8Array => new Uint8Array(Buffer.from(data));

async function upload(filename: string, data: Buffer | string): Promise<any> {
  const { uploadId, uploadUrl } = await create({ filename, bytes: Buffer.byteLength(data) });
  expect((await put(uploadUrl, bytesOf(data) as NonNullable<RequestInit["body"]>)).status).toBe(204);
  const { asset } = await complete(uploadId);
  return asset;
}
const get = (url: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${app.url}${url}`, { method, headers });
/** Every stored file but thumbnails, which are pictures of their own. */
const storedFiles = async (): Promise<string[]> => {
  const entries = await readdir(app.config.assetsDir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(app.config.assetsDir.length + 1)}/${entry.name}`)
    .toSorted();
};
const rows = async () => {
  const { prisma } = app.deps.db;
  return { uploads: await prisma.upload.count(), blobs: await prisma.blob.count(), assets: await prisma.asset.count() };
};

test("a file goes up, becomes an asset, and comes down again the same", async () => {
  const data = await picture("red");
  const announced = await create({ filename: "red.png", bytes: data.length, mime: "image/jpeg" });
  expect(announced.headers).toEqual({ "content-type": "application/octet-stream" });
  expect(
    (await put(announced.uploadUrl, bytesOf(data) as NonNullable<RequestInit["body"]>, announced.headers)).status,
  ).toBe(204);
  const { asset } = await complete(announced.uploadId);
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
  expect((await complete(announced.uploadId)).asset).toMatchObject({ id: asset.id, filename: "red.png" });

  const answer = await get(asset.url);
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
  const first = await upload("teal.png", data);
  const files = await storedFiles();
  const second = await upload("teal.png", data);
  expect(second.filename).toBe("teal__2.png");
  expect(second.sha256).toBe(first.sha256);
  expect(await storedFiles()).toEqual(files);
});

test.each([0, -1, 1.5, 1e15])("%s bytes can't be announced", async (bytes) => {
  expect(await create({ filename: "a.png", bytes })).toMatchObject({ __typename: "ValidationError", path: ["bytes"] });
});

test("a completion before the bytes have come is refused, and works afterwards", async () => {
  const data = await picture("olive");
  const { uploadId, uploadUrl } = await create({ filename: "a.png", bytes: data.length });
  expect(await complete(uploadId)).toMatchObject({ __typename: "ConflictError", code: "UPLOAD_INCOMPLETE" });
  await put(uploadUrl, bytesOf(data) as NonNullable<RequestInit["body"]>);
  expect((await complete(uploadId)).asset.width).toBe(6);
  expect((await put(uploadUrl, bytesOf(data) as NonNullable<RequestInit["body"]>)).status).toBe(409);
});

test("an upload whose bytes have gone while it waited asks for them again", async () => {
  const data = await picture("khaki");
  const { uploadId, uploadUrl } = await create({ filename: "a.png", bytes: data.length });
  await put(uploadUrl, bytesOf(data) as NonNullable<RequestInit["body"]>);
  await app.deps.storage.deleteUpload(
    (await app.deps.db.prisma.upload.findFirstOrThrow({ orderBy: { id: "desc" } })).id,
  );
  expect(await complete(uploadId)).toMatchObject({ __typename: "ConflictError", code: "UPLOAD_INCOMPLETE" });
  await put(uploadUrl, bytesOf(data) as NonNullable<RequestInit["body"]>);
  expect((await complete(uploadId)).asset.width).toBe(6);
});

test.each([
  ["fewer", 90],
  ["more", 110],
])("%s bytes than announced are refused and leave nothing", async (_what, length) => {
  const files = await storedFiles();
  const { uploadId, uploadUrl } = await create({ filename: "a.bin", bytes: 100 });
  // Streamed without a length, so that the server has to count.
  const answer = await put(uploadUrl, Readable.toWeb(Readable.from([randomBytes(length)])));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "UPLOAD_SIZE" });
  expect(await storedFiles()).toEqual(files);
  expect(await complete(uploadId)).toMatchObject({ code: "UPLOAD_INCOMPLETE" });
});

test("far too many bytes are refused with an answer", async () => {
  const { uploadUrl } = await create({ filename: "a.bin", bytes: 100 });
  const answer = await put(uploadUrl, randomBytes(3_000_000));
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: "UPLOAD_SIZE" }]);
});

test("links that are forged, changed or expired are refused", async () => {
  const { uploadId, uploadUrl } = await create({ filename: "a.bin", bytes: 3 });
  const other = await create({ filename: "b.bin", bytes: 3 });
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
    expect((await put(url, "abc")).status).toBe(403);
  }
  expect((await put(uploadUrl, "abc")).status).toBe(204);
});

test("an unknown upload is not found", async () => {
  const id = "01900000-0000-7000-8000-00000000dead";
  const answer = await put(app.deps.signedUrls.sign(`/uploads/${id}`, 3600), "abc");
  expect(answer.status).toBe(404);
  expect(await complete(encodeId("Upload", id))).toMatchObject({ __typename: "NotFoundError", path: ["uploadId"] });
});

test("somebody else's upload is not found", async () => {
  const { uploadId } = await create({ filename: "a.bin", bytes: 3 });
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
  const files = await storedFiles();
  const before = await rows();
  for (const data of [
    whole.subarray(0, whole.length / 2),
    Buffer.concat([whole.subarray(0, 20), randomBytes(200)]),
    Buffer.concat([whole.subarray(0, 8), Buffer.alloc(50)]),
  ]) {
    const { uploadId, uploadUrl } = await create({ filename: "broken.png", bytes: data.length });
    expect((await put(uploadUrl, bytesOf(data) as NonNullable<RequestInit["body"]>)).status).toBe(204);
    expect(await complete(uploadId)).toMatchObject({
      __typename: "ValidationError",
      code: "UNREADABLE_MEDIA",
      path: ["uploadId"],
    });
  }
  expect(await storedFiles()).toEqual(files);
  expect(await rows()).toEqual(before);
});

test("an upload that is cut off leaves nothing, and can be sent again", async () => {
  const files = await storedFiles();
  const { uploadId, uploadUrl } = await create({ filename: "cut.bin", bytes: 1_000_000 });
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `PUT ${uploadUrl} HTTP/1.1\r\nhost: x\r\ncontent-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\n`,
  );
  socket.write(randomBytes(300_000));
  // Half of it has arrived once the server has begun to write it.
  while ((await storedFiles()).length === files.length) await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
  await once(socket, "close");
  while ((await storedFiles()).length > files.length) await new Promise((resolve) => setImmediate(resolve));
  expect(await complete(uploadId)).toMatchObject({ code: "UPLOAD_INCOMPLETE" });
  expect((await put(uploadUrl, randomBytes(1_000_000) as unknown as NonNullable<RequestInit["body"]>)).status).toBe(
    204,
  );
});

test("two streams for one upload do not mix, and two completions make one asset", async () => {
  const [one, two] = [randomBytes(400_000), randomBytes(400_000)];
  const { uploadId, uploadUrl } = await create({ filename: "twice.bin", bytes: 400_000 });
  const slowly = (data: Buffer) =>
    Readable.toWeb(
      Readable.from(Array.from({ length: 40 }, (_, n) => data.subarray(n * 10_000, (n + 1) * 10_000))),
    ) as unknown as NonNullable<RequestInit["body"]>;
  const answers = await Promise.all([put(uploadUrl, slowly(one)), put(uploadUrl, slowly(two))]);
  expect(answers.map((answer) => answer.status)).toEqual([204, 204]);
  const completions = await Promise.all(Array.from({ length: 5 }, () => complete(uploadId)));
  expect(new Set(completions.map((completion) => completion.asset.id)).size).toBe(1);
  const { asset } = completions[0];
  const back = Buffer.from(await (await get(asset.url)).arrayBuffer());
  expect(createHash("sha256").update(back).digest("hex")).toBe(asset.sha256);
  expect([one, two].some((data) => data.equals(back))).toBe(true);
  const left = (await storedFiles()).filter(
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
  const asset = await upload(given, `content of ${stored}`);
  expect(asset.filename).toBe(stored);
  const answer = await get(asset.url);
  expect(answer.status).toBe(200);
  const disposition = answer.headers.get("content-disposition") ?? "";
  expect(decodeURIComponent(disposition.split("''")[1] ?? "")).toBe(stored);
  expect(disposition).toMatch(/^[\x20-\x7e]*$/);
});

test("many uploads of one name at once get numbers of their own", async () => {
  const assets = await Promise.all(Array.from({ length: 8 }, (_, n) => upload("same.txt", `content ${n}`)));
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

describe("reading", () => {
  const data = Buffer.from("0123456789abcdef");
  let url = "";
  beforeAll(async () => {
    url = (await upload("digits.bin", data)).url;
  });

  test.each([
    ["bytes=0-3", 206, "0123", "bytes 0-3/16"],
    ["bytes=12-", 206, "cdef", "bytes 12-15/16"],
    ["bytes=-2", 206, "ef", "bytes 14-15/16"],
    ["bytes=10-99", 206, "abcdef", "bytes 10-15/16"],
    ["bytes=-99", 206, data.toString(), "bytes 0-15/16"],
    ["bytes=0-0", 206, "0", "bytes 0-0/16"],
    ["bytes=16-", 416, "", "bytes */16"],
    ["bytes=-0", 416, "", "bytes */16"],
    ["bytes=5-2", 200, data.toString(), null],
    ["bytes=0-1,4-5", 200, data.toString(), null],
    ["bytes=a-b", 200, data.toString(), null],
    ["lines=1-2", 200, data.toString(), null],
  ])("the range %s is answered with %i", async (range, status, text, contentRange) => {
    const answer = await get(url, { range });
    expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  test("a range of another version is answered whole", async () => {
    const etag = (await get(url)).headers.get("etag") ?? "";
    expect((await get(url, { range: "bytes=0-3", "if-range": etag })).status).toBe(206);
    expect((await get(url, { range: "bytes=0-3", "if-range": '"other"' })).status).toBe(200);
  });

  test("what the client has already is not sent again", async () => {
    const etag = (await get(url)).headers.get("etag") ?? "";
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await get(url, { "if-none-match": known });
      expect([answer.status, await answer.text()]).toEqual([304, ""]);
    }
    expect((await get(url, { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("HEAD tells the same without the bytes", async () => {
    const answer = await get(url, {}, "HEAD");
    expect([
      answer.status,
      answer.headers.get("content-length"),
      answer.headers.get("content-type"),
      await answer.text(),
    ]).toEqual([200, "16", "text/plain", ""]);
  });

  test("a link is for one asset, and for a time", async () => {
    const [path = "", query = ""] = url.split("?");
    expect((await get(path)).status).toBe(403);
    expect((await get(`${path}x?${query}`)).status).toBe(403);
    expect((await get(url.replace(/signature=./, "signature=~"))).status).toBe(403);
    const gone = app.deps.signedUrls.sign("/assets/01900000-0000-7000-8000-00000000dead/a.png", 3600);
    expect((await get(gone)).status).toBe(404);
  });
});

test.each([
  ["page.html", "<!doctype html><script>alert(1)</script>"],
  ["drawing.svg", '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ["drawing.png", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ["data.json", '{"a": 1}'],
])("%s is a download, never a page of ours", async (filename, content) => {
  const asset = await upload(filename, content);
  const answer = await get(asset.url);
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment/);
  expect(answer.headers.get("content-type")).not.toMatch(/html|svg/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
});

test("a body is taken as it is, whatever type it says it has", async () => {
  const data = '{"not": "parsed"';
  const { uploadId, uploadUrl } = await create({ filename: "a.json", bytes: data.length });
  expect((await put(uploadUrl, data, { "content-type": "application/json" })).status).toBe(204);
  expect((await complete(uploadId)).asset.bytes).toBe(data.length);
});

test("thumbnails are small, upright and made once", async () => {
  const data = await sharp({ create: { width: 1_600, height: 800, channels: 3, background: "navy" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const asset = await upload("wide.jpg", data);
  expect(asset).toMatchObject({ width: 800, height: 1_600 });
  await app.deps.db.prisma.blob.update({ where: { sha256: asset.sha256 }, data: { thumbnailSha256: null } });
  app.takeStatements();
  const answers = await Promise.all(Array.from({ length: 6 }, () => get(asset.thumbnailUrl)));
  const bodies = await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())));
  expect(answers.map((answer) => [answer.status, answer.headers.get("content-type")])).toEqual(
    Array.from({ length: 6 }, () => [200, "image/webp"]),
  );
  expect(await sharp(bodies[0]).metadata()).toMatchObject({ width: 240, height: 480, format: "webp" });
  expect(app.takeStatements().filter((sql) => sql.startsWith("UPDATE"))).toHaveLength(1);
  expect(asset.thumbnailUrl).not.toBeNull();
});

test("the thumbnail of a clip is a frame of it", async () => {
  const asset = await upload("square.mp4", await sampleClip());
  const answer = await get(asset.thumbnailUrl);
  expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({
    format: "webp",
    width: 256,
    height: 256,
  });
});

test("what is no picture has no thumbnail", async () => {
  const asset = await upload("words.txt", "no picture");
  expect(asset.thumbnailUrl).toBeNull();
  expect(
    (
      await get(
        app.deps.signedUrls.sign(`/thumbnails/${Buffer.from(asset.id, "base64").toString().split(":")[1]}`, 3600),
      )
    ).status,
  ).toBe(404);
});

test("uploads whose time is over are forgotten with what had arrived of them", async () => {
  const { uploadId, uploadUrl } = await create({ filename: "late.bin", bytes: 3 });
  await put(uploadUrl, "abc");
  const id = Buffer.from(uploadId, "base64").toString().split(":")[1] ?? "";
  await app.deps.db.prisma.upload.update({ where: { id }, data: { expiresAt: new Date(0) } });
  expect((await put(uploadUrl, "abc")).status).toBe(404);
  await create({ filename: "next.bin", bytes: 3 });
  expect(await app.deps.db.prisma.upload.findUnique({ where: { id } })).toBeNull();
  expect((await storedFiles()).filter((file) => file.includes(id))).toEqual([]);
});

test("a large file passes through without being held in memory", async () => {
  const size = 100 * 1024 * 1024;
  const chunk = randomBytes(1024 * 1024);
  const { uploadId, uploadUrl } = await create({ filename: "large.bin", bytes: size });
  let highest = 0;
  const before = process.memoryUsage();
  const body = Readable.from(
    (function* () {
      for (let n = 0; n < 100; n++) {
        const { arrayBuffers, heapUsed } = process.memoryUsage();
        highest = Math.max(highest, arrayBuffers + heapUsed - before.arrayBuffers - before.heapUsed);
        yield chunk;
      }
    })(),
    { highWaterMark: 1 },
  );
  expect(
    (
      await put(
        uploadUrl,
        Readable.toWeb(body, { strategy: { highWaterMark: 1 } }) as unknown as NonNullable<RequestInit["body"]>,
      )
    ).status,
  ).toBe(204);
  expect(highest).toBeLessThan(50 * 1024 * 1024);
  expect((await complete(uploadId)).asset.bytes).toBe(size);
});
