import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deps } from "#app/deps.ts";
import { prepareBlob } from "#domains/assets/assets.service.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { AssetKind } from "#platform/db/generated/enums.ts";

type StoreDeps = Pick<Deps, "db" | "storage">;

/** A film of hours, in bytes. */
const maxBytes = 32 * 1024 ** 3;

export async function keepFile(deps: StoreDeps, path: string): Promise<string> {
  const blob = await deps.storage.put(createReadStream(path), maxBytes);
  await prepareBlob(deps, blob);
  return blob.sha256;
}

export async function keepBytes(deps: StoreDeps, bytes: Uint8Array): Promise<string> {
  const blob = await deps.storage.putBytes(bytes);
  await prepareBlob(deps, blob);
  return blob.sha256;
}

export interface LaidFile {
  /** Of an asset that is there, such as a run's output, or of one to be made. */
  id: string;
  /** For one to be made. */
  made: { sha256: string; kind: AssetKind } | null;
  filename: string;
}

/**
 * Lays files into a folder of an execution, under exactly these names: the outputs of runs themselves, so that they are in
 * one place only. One that had the name before stays as a file, but leaves the layout: somebody may use it.
 */
export async function layFiles(
  tx: PrismaTx,
  folder: string,
  owner: { projectId: string; createdById: string },
  files: readonly LaidFile[],
): Promise<void> {
  const names = files.map(({ filename }) => filename);
  await tx.$executeRaw`
    UPDATE asset SET folder = folder || '/replaced', filename = id || '_' || filename
    WHERE folder = ${folder} AND filename = ANY(${names}::text[])`;
  for (const { id, made, filename } of files) {
    if (made) await tx.asset.create({ data: { ...owner, ...made, id, folder, filename } });
    else await tx.asset.update({ where: { id }, data: { folder, filename } });
  }
}

/** A folder of this machine that is gone when the work is over. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "callsheet-execution-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
