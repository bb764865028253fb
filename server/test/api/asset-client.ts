import { readdir } from "node:fs/promises";
import type { TestApp } from "#test/test-app.ts";

/** Uploads and reads files as a client does. */
export function assetClient(app: TestApp) {
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
    return {
      uploads: await prisma.upload.count(),
      blobs: await prisma.blob.count(),
      assets: await prisma.asset.count(),
    };
  };
  return { create, complete, put, bytesOf, upload, get, storedFiles, rows };
}
