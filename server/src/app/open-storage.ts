import { join } from "node:path";
import { ConfigError } from "#app/config-error.ts";
import type { Config } from "#app/config.ts";
import { openDiskStorage } from "#platform/storage/disk-storage.ts";
import { remedy } from "#platform/storage/s3-errors.ts";
import { openS3Storage } from "#platform/storage/s3-storage.ts";
import type { Storage } from "#platform/storage/storage.ts";

/** Where files are kept, as configured. @throws ConfigError when a bucket can't be used, with what to do about it */
export async function openStorage(config: Pick<Config, "s3" | "assetsDir" | "stateDir">): Promise<Storage> {
  const { s3, assetsDir, stateDir } = config;
  if (!s3) return openDiskStorage(assetsDir);
  const storage = await openS3Storage(s3, { directory: join(stateDir, "cache"), maxBytes: s3.cacheBytes });
  try {
    await storage.check();
    return storage;
  } catch (error) {
    await storage[Symbol.asyncDispose]();
    throw new ConfigError([remedy(error, s3)]);
  }
}
