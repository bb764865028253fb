import type { Readable } from "node:stream";
import { failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { inputsOfGraph, type MachineInput } from "#domains/queue/logic/machine-graph.ts";
import type { RunContext } from "#domains/queue/worker/run-context.ts";

/**
 * Puts the graph's input files on the machine, unless this process has done so.
 * @returns why it can't, or null
 * @throws ComfyError
 */
export async function uploadInputs(context: RunContext): Promise<RunFailure | null> {
  for (const input of inputsOfGraph(context.run.graph)) {
    const { uploaded } = context.connection;
    let upload = uploaded.get(input.ref);
    if (!upload) {
      // Runs that start together share one upload.
      upload = uploadOne(context, input);
      uploaded.set(input.ref, upload);
      const forget = (): void => void (uploaded.get(input.ref) === upload && uploaded.delete(input.ref));
      upload.then((problem) => problem && forget(), forget);
    }
    const problem = await upload;
    if (problem) return problem;
  }
  return null;
}

async function uploadOne({ deps, connection }: RunContext, input: MachineInput): Promise<RunFailure | null> {
  const missing = async (code: "INPUT_MISSING" | "STORAGE_ERROR", what: string): Promise<RunFailure> => {
    const asset = await deps.db.prisma.asset.findFirst({ where: { sha256: input.sha256 }, select: { filename: true } });
    return failure(code, `The input file ${asset?.filename ?? input.filename} ${what}`);
  };
  if (!(await deps.storage.has(input.sha256))) return missing("INPUT_MISSING", "is no longer in storage");
  let unreadable: NodeJS.ErrnoException | undefined;
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
    // The reading broke, not the connection.
    if (unreadable) return missing("STORAGE_ERROR", `can't be read from storage: ${unreadable.message}`);
    throw error;
  }
}
