import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver, { type Middleware, type Request } from "@20minutes/s3rver";
import type { S3Settings } from "#platform/storage/s3-objects.ts";

/** A bucket of an S3 server in this process. */
export interface TestBucket extends AsyncDisposable {
  settings: S3Settings;
  /** What the server does to each request: "answer" as it should, "busy" with 503, "refuse" by hanging up. */
  behave(how: "answer" | "busy" | "refuse"): void;
  /** Hangs up in the midst of the next downloads, after so many bytes. */
  cutDownloads(count: number, afterBytes: number): void;
  /** Requests so far, such as "GET blobs/ab/…". */
  requests: string[];
  /** Makes an object older; its key is that in the bucket. */
  age(key: string, ms: number): Promise<void>;
  /** Changes an object's bytes where they lie. */
  damage(key: string): Promise<void>;
  /** The keys of all objects below a prefix, without it. */
  keys(prefix: string): Promise<string[]>;
}

/** The ones that the server knows. */
const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };

/**
 * A real server (signatures, XML, parts, copies), kept in a folder, with what it lacks added: uploads in parts can be
 * listed and ended, and a copy is new.
 */
export async function startTestBucket({ prefix = "studio/", listsUploads = true } = {}): Promise<TestBucket> {
  const directory = await mkdtemp(join(tmpdir(), "callsheet-s3-"));
  const bucket = `studio-${randomUUID().slice(0, 8)}`;
  await mkdir(join(directory, bucket));
  const server = new S3rver({
    directory,
    address: "127.0.0.1",
    port: 0,
    silent: true,
    // It takes the slash behind a bucket's name for none and finds the signatures of listings wrong.
    allowMismatchedSignatures: true,
  });
  let behaviour: "answer" | "busy" | "refuse" = "answer";
  const cut = { count: 0, afterBytes: 0 };
  const requests: string[] = [];
  // It writes an object in several steps, which others would see.
  const oneAtATime = keyedQueue();
  server.middleware.unshift(
    async (context, next) => {
      requests.push(`${context.method} ${context.path.slice(bucket.length + prefix.length + 2)}`);
      if (behaviour === "refuse") {
        context.respond = false;
        context.req.socket.destroy();
      } else if (behaviour === "busy") {
        context.status = 503;
        context.type = "application/xml";
        context.body = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
      } else {
        if (context.method === "GET" && cut.count > 0 && context.path.length > bucket.length + 2) {
          cut.count -= 1;
          hangUpAfter(context, cut.afterBytes);
        }
        await oneAtATime(context.path, next);
      }
    },
    ...(listsUploads ? [halfUploads(server, bucket)] : []),
  );
  // As it is, a copy onto itself leaves an object's age as it was, which S3 does not.
  const { store } = server;
  const copyObject = store.copyObject.bind(store);
  store.copyObject = async (...args) => {
    const now = new Date();
    await copyObject(...args);
    await utimes(store.getResourcePath(args[2], args[3], "object"), now, now);
    return store.getMetadata(args[2], args[3]);
  };
  const { port } = await server.run();
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      bucket,
      prefix,
      credentials,
      forcePathStyle: true,
    },
    behave: (how) => (behaviour = how),
    cutDownloads: (count, afterBytes) => Object.assign(cut, { count, afterBytes }),
    requests,
    age: async (key, ms) => {
      const then = new Date(Date.now() - ms);
      await utimes(store.getResourcePath(bucket, key, "object"), then, then);
    },
    damage: (key) => writeFile(store.getResourcePath(bucket, key, "object"), "damaged"),
    keys: async (below) => {
      const { objects } = await store.listObjects(bucket, { prefix: below });
      return objects.map(({ key }) => key.slice(below.length));
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Does work one after the other, for each key by itself. */
function keyedQueue(): (key: string, work: () => Promise<void>) => Promise<void> {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const done = (last.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
    last.set(key, done);
    return done;
  };
}

function hangUpAfter(context: Request, bytes: number): void {
  const write = context.res.write.bind(context.res);
  context.res.write = (chunk, ...rest) => {
    const sent = write((chunk as Buffer).subarray(0, bytes), ...rest);
    setImmediate(() => context.req.socket.destroy());
    return sent;
  };
}

/** The two requests about uploads in parts that the server does not know, over the files that it keeps of them. */
function halfUploads(server: S3rver, bucket: string): Middleware {
  const folder = server.store.getResourcePath(bucket, undefined, "uploads");
  return async (context, next) => {
    const { uploadId } = context.query;
    if (context.method === "DELETE" && uploadId) {
      await rm(join(folder, uploadId), { recursive: true, force: true });
      context.status = 204;
    } else if (context.method === "GET" && context.query["uploads"] !== undefined) {
      const uploads = await readdir(folder).catch(() => []);
      const entries = await Promise.all(
        uploads.map(async (id) => {
          const key = await readFile(join(folder, id, "key"), "utf8");
          const { mtime } = await stat(join(folder, id, "key"));
          return `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${mtime.toISOString()}</Initiated></Upload>`;
        }),
      );
      context.type = "application/xml";
      context.body = `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${entries.join("")}</ListMultipartUploadsResult>`;
    } else await next();
  };
}
