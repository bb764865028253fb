import { execFile } from "node:child_process";
import { cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** Older copies than this many are removed. */
const keptBackups = 3;

/**
 * Copies the files of a stopped database cluster. The embedded server ships without pg_dump, so the folder is the dump:
 * to return to it, put it back in the place of the cluster while Callsheet is stopped.
 * @returns the folder of the copy
 */
export async function backUp(dataDirectory: string, backups: string, now: Date): Promise<string> {
  await mkdir(backups, { recursive: true, mode: 0o700 });
  const place = join(backups, now.toISOString().replace(/[:.]/g, "-"));
  // Copied under another name first: a copy that broke off is never taken for a whole one.
  await rm(`${place}.partial`, { recursive: true, force: true });
  await copyFolder(dataDirectory, `${place}.partial`);
  await rename(`${place}.partial`, place);
  const all = (await readdir(backups)).filter((name) => !name.endsWith(".partial")).toSorted();
  for (const old of all.slice(0, -keptBackups)) await rm(join(backups, old), { recursive: true });
  return place;
}

/** Puts a copy in the place of a stopped cluster; the former files stay beside it as `data.replaced`. */
export async function restore(backup: string, dataDirectory: string): Promise<void> {
  await rm(`${dataDirectory}.replaced`, { recursive: true, force: true });
  await rename(dataDirectory, `${dataDirectory}.replaced`);
  await copyFolder(backup, dataDirectory);
}

/** With owners and modes: PostgreSQL refuses a folder that belongs to somebody else, as a root's copy would. */
async function copyFolder(from: string, to: string): Promise<void> {
  if (process.platform === "win32") await cp(from, to, { recursive: true, preserveTimestamps: true });
  else await promisify(execFile)("cp", ["-a", from, to]);
}
