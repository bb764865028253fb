import { join } from "node:path";
import type { Config } from "#app/config.ts";
import { ConfigError } from "#app/config-error.ts";
import { openStorage } from "#app/open-storage.ts";
import { StartError } from "#app/start/start-error.ts";
import { copyBlobs } from "#platform/storage/copy-blobs.ts";
import { openDiskStorage } from "#platform/storage/disk-storage.ts";

const sayEvery = 500;

/**
 * Copies all files from the disk to the bucket, or back. Where they were they stay.
 * @throws ConfigError, StartError when files are damaged or the direction is not one
 */
export async function copyStorage(
  config: Config,
  direction: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  if (!config.s3)
    throw new ConfigError(["A bucket is needed: set CALLSHEET_STORAGE=s3 and the variables of the bucket"]);
  if (direction !== "to-s3" && direction !== "to-disk") throw new StartError("Say where to: to-s3 or to-disk");
  await using bucket = await openStorage(config);
  await using disk = await openDiskStorage(config.assetsDir);
  const [from, to] = direction === "to-s3" ? [disk, bucket] : [bucket, disk];
  const places = { disk: config.assetsDir, s3: join(config.s3.bucket, config.s3.prefix) };
  say(`Copying files from ${places[from.kind]} to ${places[to.kind]} …`);
  let seen = 0;
  const { files, bytes, present, damaged } = await copyBlobs(from, to, (copied) => {
    seen += 1;
    if (seen % sayEvery === 0) say(`${seen} files looked at, ${copied.files} copied`);
  });
  say(`${files} files copied, ${(bytes / 1024 ** 2).toFixed(1)} MiB; ${present} were there already.`);
  if (damaged.length > 0) {
    throw new StartError(
      `${damaged.length} files are damaged where they lie, and were left out:\n${damaged.map((sha256) => `  ${sha256}`).join("\n")}`,
    );
  }
}
