import type { Readable } from "node:stream";
import { failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { inputsOfGraph, type MachineInput } from "#domains/queue/logic/machine-graph.ts";
import type { RunContext } from "#domains/queue/worker/run-context.ts";
import { StorageOutage } from "#domains/queue/worker/storage-outage.ts";
import { StorageUnavailableError } from "#platform/storage/storage.ts";

/**
 * Puts the graph's input files on the machine, unless this process has done so. While the storage is away it waits.
 * @returns why it can't, or null
 * @throws ComfyError, HandBackError, StorageUnavailableError when the storage stays away or the run is not wanted any more
 */
export async function uploadInputs(context: RunContext): Promise<RunFailure | null> {
  const outage = new StorageOutage(context);
  for (const input of inputsOfGraph(context.run.graph)) {
    const problem = await outage.outlast(() => uploadShared(context, input));
    if (problem) return problem;
  }
  return null;
}

/** Runs that start together share one upload. */
function uploadShared(context: RunContext, input: MachineInput): Promise<RunFailure | null> {
  const { uploaded } = context.connection;
  const known = uploaded.get(input.ref);
  if (known) return known;
  const upload = uploadOne(context, input);
  uploaded.set(input.ref, upload);
  const forget = (): void => void (uploaded.get(input.ref) === upload && uploaded.delete(input.ref));
  upload.then((problem) => problem && forget(), forget);
  return upload;
}

async function uploadOne({ deps, connection }: RunContext, input: MachineInput): Promise<RunFailure | null> {
  const missing = async (code: "INPUT_MISSING" | "STORAGE_ERROR", what: string): Promise<RunFailure> => {
    const asset = await deps.db.prisma.asset.findFirst({ where: { sha256: input.sha256 }, select: { filename: true } });
    return failure(code, `The input file ${asset?.filename ?? input.filename} ${what}`);
  };
  if (!(await deps.storage.has(input.sha256))) return missing("INPUT_MISSING", "is no longer in storage");
  let unreadable: Error | undefined;
  const open = (): Readable => deps.storage.read(input.sha256).once("error", (error) => (unreadable = error));
  const send = (overwrite: boolean) =>
    connection.client.uploadImage(
      { stream: open(), filename: input.filename, subfolder: input.subfolder, overwrite },
      { signal: connection.released },
    );
  try {
    // Not overwritten when it is there already: a prompt that runs now may be reading it.
    const { ref } = await send(false);
    // Another name means that other bytes lie under this one, such as half an upload.
    if (ref !== input.ref) await send(true);
    return null;
  } catch (error) {
    if (unreadable instanceof StorageUnavailableError) throw unreadable;
    // The reading broke, not the connection.
    if (unreadable) return missing("STORAGE_ERROR", `can't be read from storage: ${unreadable.message}`);
    throw error;
  }
}
