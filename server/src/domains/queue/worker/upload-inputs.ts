import { failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { inputsOfGraph } from "#domains/queue/logic/machine-graph.ts";
import type { RunContext } from "#domains/queue/worker/run-context.ts";

/** Puts the graph's input files on the machine, unless this process has done so. @returns why it can't, or null */
export async function uploadInputs({ deps, run, connection }: RunContext): Promise<RunFailure | null> {
  for (const input of inputsOfGraph(run.graph)) {
    if (connection.uploaded.has(input.ref)) continue;
    if (!(await deps.storage.has(input.sha256))) {
      const asset = await deps.db.prisma.asset.findFirst({ where: { sha256: input.sha256 }, select: { filename: true } });
      return failure("INPUT_MISSING", `The input file ${asset?.filename ?? input.filename} is no longer in storage`);
    }
    await connection.client.uploadImage({
      stream: deps.storage.read(input.sha256),
      filename: input.filename,
      subfolder: input.subfolder,
      overwrite: true,
    });
    connection.uploaded.add(input.ref);
  }
  return null;
}
