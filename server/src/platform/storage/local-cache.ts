import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { receiveFile } from "#platform/storage/receive-file.ts";
import { type LocalFile, StorageRefusedError, type StoredBlob } from "#platform/storage/storage.ts";
import { sweep } from "#platform/storage/untouched-files.ts";

/** A file that was taken away between its arrival and its use is fetched again, so many times. */
const maxFetches = 5;
/** What is older belongs to no process that lives. */
const leftBehindMs = 86_400_000;

/**
 * Copies on this machine of files that are kept elsewhere, named by their hash; those that were used least lately go first.
 * Several processes may share the folder: whoever uses a file has a link of its own, which outlives the copy. What is in
 * use comes on top of the limit.
 */
export class LocalCache {
  readonly #directory: string;
  readonly #maxBytes: number;
  readonly #fetching = new Map<string, Promise<void>>();
  /** What this process has added since it last looked at the whole folder. */
  #added: number;

  private constructor(directory: string, maxBytes: number) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
    this.#added = maxBytes;
  }

  static async open(directory: string, maxBytes: number): Promise<LocalCache> {
    for (const folder of ["files", "used", "temporary"]) await mkdir(join(directory, folder), { recursive: true });
    const cache = new LocalCache(directory, maxBytes);
    // The clean-up works on one host; each has a cache, and processes that were killed there.
    await cache.sweep(leftBehindMs);
    return cache;
  }

  /** The file of that hash; what is not there is fetched, once for all who ask at the same time. */
  async use(sha256: string, fetch: () => Readable): Promise<LocalFile> {
    for (let fetches = 0; ; fetches++) {
      const used = await this.#link(sha256);
      if (used) return used;
      if (fetches === maxFetches) throw new Error("The cache is too small for the files that are used at once");
      let fetching = this.#fetching.get(sha256);
      if (!fetching) {
        fetching = this.#fetch(sha256, fetch()).finally(() => this.#fetching.delete(sha256));
        this.#fetching.set(sha256, fetching);
      }
      await fetching;
    }
  }

  /** Takes a stream in, to be passed on; the file is gone with the disposal, unless `keep` has put it into the cache. */
  async receive(body: Readable, limit: number): Promise<StoredBlob & LocalFile & { keep(): Promise<void> }> {
    const path = join(this.#directory, "temporary", randomUUID());
    const stored = await receiveFile(path, body, limit);
    return {
      ...stored,
      path,
      keep: () => this.#add(path, stored),
      [Symbol.asyncDispose]: () => rm(path, { force: true }),
    };
  }

  async forget(sha256: string): Promise<void> {
    await rm(this.#pathOf(sha256), { force: true });
  }

  /** Deletes what processes that are gone have left behind. */
  async sweep(untouchedForMs: number): Promise<{ files: number; bytes: number }> {
    await sweep(join(this.#directory, "used"), untouchedForMs);
    return sweep(join(this.#directory, "temporary"), untouchedForMs);
  }

  #pathOf(sha256: string): string {
    return join(this.#directory, "files", sha256);
  }

  async #link(sha256: string): Promise<LocalFile | null> {
    const path = join(this.#directory, "used", randomUUID());
    try {
      await link(this.#pathOf(sha256), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    const now = new Date();
    await utimes(path, now, now);
    return { path, [Symbol.asyncDispose]: () => rm(path, { force: true }) };
  }

  async #fetch(sha256: string, body: Readable): Promise<void> {
    await using arrived = await this.receive(body, Number.POSITIVE_INFINITY);
    if (arrived.sha256 !== sha256)
      throw new StorageRefusedError(
        `The bytes stored as ${sha256} are damaged: they have the hash ${arrived.sha256}`,
        "DAMAGED",
      );
    await arrived.keep();
  }

  async #add(from: string, { sha256, bytes }: StoredBlob): Promise<void> {
    await rename(from, this.#pathOf(sha256));
    this.#added += bytes;
    // Looking at every file each time would take longer than fetching them.
    if (this.#added < this.#maxBytes / 16) return;
    this.#added = 0;
    await this.#makeRoom(sha256);
  }

  /** Deletes the files that were used least lately, but never the newest. */
  async #makeRoom(newest: string): Promise<void> {
    const files: { name: string; bytes: number; usedAt: number }[] = [];
    for (const name of await readdir(join(this.#directory, "files"))) {
      const found = await stat(this.#pathOf(name)).catch(() => null);
      if (found) files.push({ name, bytes: found.size, usedAt: found.mtimeMs });
    }
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { name, bytes } of files.toSorted((one, other) => one.usedAt - other.usedAt)) {
      if (total <= this.#maxBytes) return;
      if (name === newest) continue;
      await this.forget(name);
      total -= bytes;
    }
  }
}
