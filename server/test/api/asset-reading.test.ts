import sharp from "sharp";
import { sampleClip } from "#platform/media/sample-media.ts";
import { assetClient } from "#test/api/asset-client.ts";
import { startTestApp, type TestApp } from "#test/test-app.ts";

let app: TestApp;
let client: ReturnType<typeof assetClient>;
beforeAll(async () => {
  app = await startTestApp({ roles: { api: true } });
  client = assetClient(app);
});
afterAll(() => app[Symbol.asyncDispose]());

describe("reading", () => {
  const data = Buffer.from("0123456789abcdef");
  let url = "";
  beforeAll(async () => {
    url = (await client.upload("digits.bin", data)).url;
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
    const answer = await client.get(url, { range });
    expect([answer.status, await answer.text(), answer.headers.get("content-range")]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  test("a range of another version is answered whole", async () => {
    const etag = (await client.get(url)).headers.get("etag") ?? "";
    expect((await client.get(url, { range: "bytes=0-3", "if-range": etag })).status).toBe(206);
    expect((await client.get(url, { range: "bytes=0-3", "if-range": '"other"' })).status).toBe(200);
  });

  test("what the client has already is not sent again", async () => {
    const etag = (await client.get(url)).headers.get("etag") ?? "";
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await client.get(url, { "if-none-match": known });
      expect([answer.status, await answer.text()]).toEqual([304, ""]);
    }
    expect((await client.get(url, { "if-none-match": '"other"' })).status).toBe(200);
  });

  test("HEAD tells the same without the bytes", async () => {
    const answer = await client.get(url, {}, "HEAD");
    expect([
      answer.status,
      answer.headers.get("content-length"),
      answer.headers.get("content-type"),
      await answer.text(),
    ]).toEqual([200, "16", "text/plain", ""]);
  });

  test("a link is for one asset, and for a time", async () => {
    const [path = "", query = ""] = url.split("?");
    expect((await client.get(path)).status).toBe(403);
    expect((await client.get(`${path}x?${query}`)).status).toBe(403);
    expect((await client.get(url.replace(/signature=./, "signature=~"))).status).toBe(403);
    const gone = app.deps.signedUrls.sign("/assets/01900000-0000-7000-8000-00000000dead/a.png", 3600);
    expect((await client.get(gone)).status).toBe(404);
  });
});

test.each([
  ["page.html", "<!doctype html><script>alert(1)</script>"],
  ["drawing.svg", '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ["drawing.png", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ["data.json", '{"a": 1}'],
])("%s is a download, never a page of ours", async (filename, content) => {
  const asset = await client.upload(filename, content);
  const answer = await client.get(asset.url);
  expect(answer.headers.get("content-disposition")).toMatch(/^attachment/);
  expect(answer.headers.get("content-type")).not.toMatch(/html|svg/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
});

test("thumbnails are small, upright and made once", async () => {
  const data = await sharp({ create: { width: 1_600, height: 800, channels: 3, background: "navy" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const asset = await client.upload("wide.jpg", data);
  expect(asset).toMatchObject({ width: 800, height: 1_600 });
  await app.deps.db.prisma.blob.update({ where: { sha256: asset.sha256 }, data: { thumbnailSha256: null } });
  app.takeStatements();
  const answers = await Promise.all(Array.from({ length: 6 }, () => client.get(asset.thumbnailUrl)));
  const bodies = await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())));
  expect(answers.map((answer) => [answer.status, answer.headers.get("content-type")])).toEqual(
    Array.from({ length: 6 }, () => [200, "image/webp"]),
  );
  expect(await sharp(bodies[0]).metadata()).toMatchObject({ width: 240, height: 480, format: "webp" });
  expect(app.takeStatements().filter((sql) => sql.startsWith("UPDATE"))).toHaveLength(1);
  expect(asset.thumbnailUrl).not.toBeNull();
});

test("the thumbnail of a clip is a frame of it", async () => {
  const asset = await client.upload("square.mp4", await sampleClip());
  const answer = await client.get(asset.thumbnailUrl);
  expect(await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).toMatchObject({
    format: "webp",
    width: 256,
    height: 256,
  });
});

test("what is no picture has no thumbnail", async () => {
  const asset = await client.upload("words.txt", "no picture");
  expect(asset.thumbnailUrl).toBeNull();
  expect(
    (
      await client.get(
        app.deps.signedUrls.sign(`/thumbnails/${Buffer.from(asset.id, "base64").toString().split(":")[1]}`, 3600),
      )
    ).status,
  ).toBe(404);
});
