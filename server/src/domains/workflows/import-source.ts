import type { Deps } from "#app/deps.ts";
import { clientFor } from "#domains/machines/machines.service.ts";
import { maxSourceBytes } from "#domains/workflows/logic/parse-workflow.ts";
import { decodeId } from "#graphql/ids.ts";
import { NotFoundError, UnavailableError, ValidationError } from "#lib/domain-error.ts";
import { stringifyJson } from "#lib/json.ts";
import { ComfyError, ComfyHttpError } from "#platform/comfy/errors.ts";

interface SourceInput {
  name: string;
  source?: string | null | undefined;
  assetId?: string | null | undefined;
  machineId?: string | null | undefined;
}

/**
 * The text to import: given, in an uploaded file, or saved on a machine under the workflow's name.
 * @throws ValidationError, NotFoundError, UnavailableError
 */
export async function sourceOfImport(
  { db, storage }: Pick<Deps, "db" | "storage">,
  input: SourceInput,
  findAsset: (id: string) => Promise<{ sha256: string; blob: { bytes: bigint } } | null>,
): Promise<string> {
  const given = [input.source, input.assetId, input.machineId].filter((value) => value != null);
  if (given.length !== 1) throw ValidationError.at(["source"], "give exactly one of source, assetId and machineId");
  if (input.source != null) return input.source;
  if (input.assetId != null) {
    const id = decodeId("Asset", input.assetId);
    const asset = id ? await findAsset(id) : null;
    if (!asset) throw new NotFoundError("The asset", ["assetId"]);
    if (asset.blob.bytes > maxSourceBytes) throw ValidationError.at(["assetId"], "the file is larger than 5 MiB");
    return Buffer.from(await storage.bytes(asset.sha256)).toString("utf8");
  }
  const machineId = decodeId("Machine", input.machineId ?? "");
  const machine = machineId ? await db.prisma.machine.findUnique({ where: { id: machineId } }) : null;
  if (!machine) throw new NotFoundError("The machine", ["machineId"]);
  const client = clientFor(machine);
  try {
    return stringifyJson(await client.userWorkflow(input.name.endsWith(".json") ? input.name : `${input.name}.json`));
  } catch (error) {
    if (error instanceof ComfyHttpError && error.status === 404) {
      throw new NotFoundError(`A saved workflow "${input.name}" on ${machine.name}`, ["name"]);
    }
    if (!(error instanceof ComfyError)) throw error;
    throw new UnavailableError(error.message, "Is the machine running?", "MACHINE_UNREACHABLE", ["machineId"]);
  } finally {
    await client.close();
  }
}
