import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { CompletedPart, S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { explained, isMissing } from "#platform/storage/s3-errors.ts";
import { StorageUnavailableError } from "#platform/storage/storage.ts";

export interface S3Settings {
  /** Undefined: Amazon's own, by region. */
  endpoint: string | undefined;
  region: string;
  bucket: string;
  /** Begins all keys; ends with a slash unless it is empty. */
  prefix: string;
  /** Undefined: what the machine itself may do, or the usual variables and files of AWS tools. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  forcePathStyle: boolean;
}

export interface S3Object {
  key: string;
  bytes: number;
  modifiedAt: Date;
}

/** Larger files go up in parts of this size, and so many at the same time. */
const partBytes = 16 * 1024 ** 2;
const partsAtOnce = 3;
/** What one request may copy, and the parts in which larger objects are copied. */
const maxCopyBytes = 5 * 1024 ** 3;
const copyPartBytes = 1024 ** 3;
/** How often in a row a download that breaks off is taken up again without a byte having come. */
const maxResumes = 3;

export interface S3Options {
  /** So large an object is copied in parts; differs from the usual in tests only, with the size of a part. */
  copyInParts?: { above: number; partBytes: number };
}

/** The objects of a bucket, by keys below the prefix. Every method throws StorageUnavailableError, StorageRefusedError. */
export class S3Objects implements Disposable {
  private constructor(
    private readonly sdk: typeof import("@aws-sdk/client-s3"),
    private readonly client: S3Client,
    private readonly settings: S3Settings,
    private readonly copyInParts: { above: number; partBytes: number },
  ) {}

  static async open(settings: S3Settings, options: S3Options = {}): Promise<S3Objects> {
    // Whoever runs this can do nothing about it: which Node and which SDK go together is said by package.json.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
    // Loaded on demand: most installations keep their files on a disk.
    const sdk = await import("@aws-sdk/client-s3");
    const { endpoint, region, credentials, forcePathStyle } = settings;
    const config: S3ClientConfig = {
      region,
      forcePathStyle,
      ...(endpoint ? { endpoint } : {}),
      ...(credentials ? { credentials } : {}),
      // Checksums that were added lately are not understood by every other service than Amazon's.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      requestHandler: { connectionTimeout: 5_000, socketTimeout: 60_000 },
    };
    const copyInParts = options.copyInParts ?? { above: maxCopyBytes, partBytes: copyPartBytes };
    return new S3Objects(sdk, new sdk.S3Client(config), settings, copyInParts);
  }

  [Symbol.dispose](): void {
    this.client.destroy();
  }

  /** Asks for the bucket itself. */
  async check(): Promise<void> {
    const { sdk, client } = this;
    await explained("HeadBucket", () =>
      client.send(new sdk.HeadBucketCommand({ Bucket: this.settings.bucket }), {
        abortSignal: AbortSignal.timeout(5_000),
      }),
    );
  }

  async head(key: string, signal?: AbortSignal): Promise<S3Object | null> {
    const { sdk, client } = this;
    try {
      const found = await explained("HeadObject", () =>
        client.send(new sdk.HeadObjectCommand(this.#at(key)), signal ? { abortSignal: signal } : {}),
      );
      return { key, bytes: found.ContentLength ?? 0, modifiedAt: found.LastModified ?? new Date(0) };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async putBytes(key: string, bytes: Uint8Array): Promise<void> {
    const { sdk, client } = this;
    await explained("PutObject", () => client.send(new sdk.PutObjectCommand({ ...this.#at(key), Body: bytes })));
  }

  /** A large file goes up in parts, each of which is tried again by itself; when it fails for good nothing stays. */
  async putFile(key: string, path: string): Promise<void> {
    const { Upload } = await import("@aws-sdk/lib-storage");
    const body = createReadStream(path);
    try {
      await explained("PutObject", () =>
        new Upload({
          client: this.client,
          params: { ...this.#at(key), Body: body },
          partSize: partBytes,
          queueSize: partsAtOnce,
        }).done(),
      );
    } finally {
      body.destroy();
    }
  }

  /** An object's bytes, `end` inclusive. A download that breaks off goes on where it was. @throws what isMissing tells */
  async *chunks(key: string, { start, end }: { start: number; end?: number }): AsyncGenerator<Uint8Array> {
    const { sdk, client } = this;
    let last: number | undefined;
    let resumes = 0;
    for (let at = start; last === undefined || at <= last;) {
      const isPart = at > 0 || end !== undefined;
      const range = isPart ? { Range: `bytes=${at}-${last ?? end ?? ""}` } : {};
      const { Body, ContentLength = 0 } = await explained("GetObject", () =>
        client.send(new sdk.GetObjectCommand({ ...this.#at(key), ...range })),
      );
      last ??= at + ContentLength - 1;
      const from = at;
      const body = Body as Readable;
      try {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          at += chunk.length;
          yield chunk;
        }
      } catch {
        // What is there is counted below.
      } finally {
        body.destroy();
      }
      resumes = at > from ? 0 : resumes + 1;
      if (at <= last && resumes > maxResumes)
        throw new StorageUnavailableError("S3 broke off (GetObject) again and again");
    }
  }

  /** Copies within the bucket; onto itself as well, which makes it new. @returns whether there was something to copy */
  async copy(from: string, to: string): Promise<boolean> {
    const { sdk, client, settings } = this;
    const found = await this.head(from);
    if (!found) return false;
    const source = { CopySource: encodeURI(`${settings.bucket}/${settings.prefix}${from}`) };
    try {
      if (found.bytes > this.copyInParts.above) await this.#copyInParts(to, source, found.bytes);
      else
        await explained("CopyObject", () =>
          client.send(new sdk.CopyObjectCommand({ ...this.#at(to), ...source, MetadataDirective: "REPLACE" })),
        );
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async #copyInParts(to: string, source: { CopySource: string }, bytes: number): Promise<void> {
    const { sdk, client } = this;
    const { UploadId } = await explained("CreateMultipartUpload", () =>
      client.send(new sdk.CreateMultipartUploadCommand(this.#at(to))),
    );
    const upload = { ...this.#at(to), UploadId };
    const { partBytes: size } = this.copyInParts;
    try {
      const parts: CompletedPart[] = [];
      for (let start = 0; start < bytes; start += size) {
        const PartNumber = parts.length + 1;
        const CopySourceRange = `bytes=${start}-${Math.min(start + size, bytes) - 1}`;
        const copied = await explained("UploadPartCopy", () =>
          client.send(new sdk.UploadPartCopyCommand({ ...upload, ...source, PartNumber, CopySourceRange })),
        );
        parts.push({ PartNumber, ETag: copied.CopyPartResult?.ETag });
      }
      await explained("CompleteMultipartUpload", () =>
        client.send(new sdk.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } })),
      );
    } catch (error) {
      await client.send(new sdk.AbortMultipartUploadCommand(upload)).catch(() => undefined);
      throw error;
    }
  }

  async delete(key: string, signal?: AbortSignal): Promise<void> {
    const { sdk, client } = this;
    await explained("DeleteObject", () =>
      client.send(new sdk.DeleteObjectCommand(this.#at(key)), signal ? { abortSignal: signal } : {}),
    );
  }

  async *list(folder: string): AsyncGenerator<S3Object> {
    const { sdk, client, settings } = this;
    for (let from: string | undefined; ;) {
      const page = await explained("ListObjectsV2", () =>
        client.send(
          new sdk.ListObjectsV2Command({
            Bucket: settings.bucket,
            Prefix: `${settings.prefix}${folder}`,
            ContinuationToken: from,
          }),
        ),
      );
      for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
        yield { key: Key.slice(settings.prefix.length), bytes: Size, modifiedAt: LastModified ?? new Date(0) };
      }
      if (!page.IsTruncated || !page.NextContinuationToken) return;
      from = page.NextContinuationToken;
    }
  }

  /** Ends uploads in parts that were begun before; a killed process leaves them behind. @returns how many */
  async abortUploads(begunBefore: Date): Promise<number> {
    const { sdk, client, settings } = this;
    let count = 0;
    for (let from: { KeyMarker?: string; UploadIdMarker?: string } = {}; ;) {
      const page = await explained("ListMultipartUploads", () =>
        client.send(new sdk.ListMultipartUploadsCommand({ Bucket: settings.bucket, Prefix: settings.prefix, ...from })),
      );
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (!Key || !UploadId || !Initiated || Initiated > begunBefore) continue;
        await explained("AbortMultipartUpload", () =>
          client.send(new sdk.AbortMultipartUploadCommand({ Bucket: settings.bucket, Key, UploadId })),
        ).catch((error: unknown) => {
          // It has come to its end in between.
          if (!isMissing(error)) throw error;
        });
        count += 1;
      }
      if (!page.IsTruncated || !page.NextKeyMarker) return count;
      from = {
        KeyMarker: page.NextKeyMarker,
        ...(page.NextUploadIdMarker ? { UploadIdMarker: page.NextUploadIdMarker } : {}),
      };
    }
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: `${this.settings.prefix}${key}` };
  }
}
