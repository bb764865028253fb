import type { Readable } from "node:stream";
import { failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { inputsOfGraph, type MachineInput } from "#domains/queue/logic/machine-graph.ts";
import { type InputSource, isFailure, openSource } from "#domains/queue/worker/open-source.ts";
import type { RunContext } from "#domains/queue/worker/run-context.ts";
import { StorageOutage } from "#domains/queue/worker/storage-outage.ts";
import { StorageUnavailableError } from "#platform/storage/storage.ts";

/**
 * Puts the graph's input files on the machine, unless this process has done so. One that is read in place must be what it
 * was, also when its bytes are on the machine already. While the storage is away it waits.
 * @returns why it can't, or null
 * @throws ComfyError, HandBackError, StorageUnavailableError when the storage stays away or the run is not wanted any more
 */
export async function uploadInputs(context: RunContext): Promise<RunFailure | null> {
  const { source } = context.run;
  const outage = new StorageOutage(context);
  for (const input of inputsOfGraph(context.run.graph)) {
    const own = source?.sha256 === input.sha256 ? source : null;
    const problem = await outage.outlast(() => uploadShared(context, input, own));
    if (problem) return problem;
  }
  return null;
}

/** Runs that start together share one upload. */
async function uploadShared(
  context: RunContext,
  input: MachineInput,
  own: InputSource | null,
): Promise<RunFailure | null> {
  const { uploaded } = context.connection;
  const known = uploaded.get(input.ref);
  if (known && own) {
    const opened = await openSource(context.deps, own, true);
    if (isFailure(opened)) return opened;
    await opened[Symbol.asyncDispose]();
  }
  if (known) return known;
  const upload = own ? uploadSource(context, input, own) : uploadOne(context, input);
  uploaded.set(input.ref, upload);
  const forget = (): void => void (uploaded.get(input.ref) === upload && uploaded.delete(input.ref));
  upload.then((problem) => problem && forget(), forget);
  return upload;
}

async function uploadOne(context: RunContext, input: MachineInput): Promise<RunFailure | null> {
  const { deps } = context;
  const missing = async (code: "INPUT_MISSING" | "STORAGE_ERROR", what: string): Promise<RunFailure> => {
    const asset = await deps.db.prisma.asset.findFirst({ where: { sha256: input.sha256 }, select: { filename: true } });
    return failure(code, `The input file ${asset?.filename ?? input.filename} ${what}`);
  };
  if (!(await deps.storage.has(input.sha256))) {
    const source = await findSource(context, input.sha256);
    return source ? uploadSource(context, input, source) : missing("INPUT_MISSING", "is no longer in storage");
  }
  const { error } = await send(context, input, () => deps.storage.read(input.sha256));
  return error ? missing("STORAGE_ERROR", `can't be read from storage: ${error.message}`) : null;
}

async function uploadSource(context: RunContext, input: MachineInput, source: InputSource): Promise<RunFailure | null> {
  const opened = await openSource(context.deps, source, false);
  if (isFailure(opened)) return opened;
  await using file = opened;
  const { error } = await send(context, input, () => file.read());
  const isSame = !error && (await file.sha256()) === source.sha256;
  return isSame
    ? null
    : failure(
        error ? "INPUT_UNREADABLE" : "INPUT_CHANGED",
        `The input file ${source.path} ${error ? `can't be read: ${error.message}` : "changed while it was read"}; retry the run, or submit again`,
      );
}

/** @returns what broke the reading, if it was that and not the connection. @throws ComfyError */
async function send({ connection }: RunContext, input: MachineInput, open: () => Readable) {
  let unreadable: Error | undefined;
  const upload = (overwrite: boolean) =>
    connection.client.uploadImage(
      {
        stream: open().once("error", (error) => (unreadable = error)),
        filename: input.filename,
        subfolder: input.subfolder,
        overwrite,
      },
      { signal: connection.released },
    );
  try {
    // Not overwritten when it is there already: a prompt that runs now may be reading it.
    const { ref } = await upload(false);
    // Another name means that other bytes lie under this one, such as half an upload.
    if (ref !== input.ref) await upload(true);
    return { error: undefined };
  } catch (error) {
    if (unreadable instanceof StorageUnavailableError) throw unreadable;
    if (unreadable) return { error: unreadable };
    throw error;
  }
}

/** Where a file lies that a parameter names and that was never copied. */
async function findSource({ deps }: RunContext, sha256: string): Promise<InputSource | null> {
  const asset = await deps.db.prisma.asset.findFirst({
    where: { sha256, isInPlace: true, removedAt: null },
    orderBy: { id: "desc" },
    include: { blob: true },
  });
  if (!asset?.sourcePath || !asset.sourceModifiedAt) return null;
  const { filename, sourcePath: path, sourceModifiedAt, blob } = asset;
  return { filename, path, sha256, bytes: Number(blob.bytes), modifiedAt: sourceModifiedAt.toISOString() };
}
