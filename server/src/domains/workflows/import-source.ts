import type { Deps } from "#app/deps.ts";
import { clientFor } from "#domains/machines/machine-client.ts";
import { embeddedGraph } from "#domains/workflows/logic/embedded-graph.ts";
import { maxSourceBytes } from "#domains/workflows/logic/parse-workflow.ts";
import { requireId } from "#graphql/ids.ts";
import { NotFoundError, UnavailableError, ValidationError } from "#lib/domain-error.ts";
import { stringifyJson } from "#lib/json.ts";
import { ComfyError, ComfyHttpError } from "#platform/comfy/errors.ts";
import { readEmbeddedTexts } from "#platform/media/embedded-texts.ts";

export interface SourceInput {
  name: string;
  source?: string | undefined;
  /** A global id, as is the machine's. */
  assetId?: string | undefined;
  /** Whose saved file to fetch, or whose node definitions to use for a source that is given. */
  machineId?: string | undefined;
  /** Path of the saved file on the machine; the workflow's name unless said. */
  machineFile?: string | undefined;
}

type FoundAsset = { sha256: string; filename: string; blob: { bytes: bigint; mime: string } };

/**
 * The text to import: given, in an uploaded file or embedded in a picture or clip, or saved on a machine.
 * @throws ValidationError, NotFoundError, UnavailableError
 */
export async function sourceOfImport(
  deps: Pick<Deps, "db" | "storage">,
  input: SourceInput,
  findAsset: (id: string) => Promise<FoundAsset | null>,
): Promise<string> {
  const given = [input.source, input.assetId].filter((value) => value !== undefined);
  if (given.length > 1 || (given.length === 0 && input.machineId === undefined)) {
    throw ValidationError.at(["source"], "give one of source, assetId and machineId");
  }
  if (input.machineFile !== undefined && (given.length > 0 || input.machineId === undefined)) {
    throw ValidationError.at(
      ["machineFile"],
      "a file of a machine is given with machineId, and without source and assetId",
    );
  }
  if (input.source !== undefined) return input.source;
  if (input.assetId !== undefined) {
    const asset = await findAsset(requireId("Asset", input.assetId, ["assetId"]));
    if (!asset) throw new NotFoundError("The asset", ["assetId"]);
    return sourceInAsset(deps, asset);
  }
  const machineId = requireId("Machine", input.machineId as string, ["machineId"]);
  return sourceOnMachine(deps, machineId, input.machineFile ?? input.name);
}

async function sourceInAsset({ storage }: Pick<Deps, "storage">, asset: FoundAsset): Promise<string> {
  const { mime, bytes } = asset.blob;
  if (/^(image|video|audio)\//.test(mime)) {
    await using file = await storage.localCopy(asset.sha256);
    const texts = await readEmbeddedTexts(file.path, mime).catch(() => []);
    const graph = embeddedGraph(texts);
    if (graph) return stringifyJson(graph);
    throw ValidationError.at(
      ["assetId"],
      `${asset.filename} (${mime}) holds no ComfyUI graph. Programs that edit or send pictures often take it out: use the file as ComfyUI saved it.`,
      "NO_EMBEDDED_GRAPH",
    );
  }
  if (bytes > maxSourceBytes) throw ValidationError.at(["assetId"], "the file is larger than 5 MiB");
  return Buffer.from(await storage.bytes(asset.sha256)).toString("utf8");
}

async function sourceOnMachine({ db }: Pick<Deps, "db">, machineId: string, file: string): Promise<string> {
  const machine = await db.prisma.machine.findUnique({ where: { id: machineId } });
  if (!machine) throw new NotFoundError("The machine", ["machineId"]);
  const client = clientFor(machine);
  try {
    return stringifyJson(await client.userWorkflow(file.endsWith(".json") ? file : `${file}.json`));
  } catch (error) {
    if (error instanceof ComfyHttpError && error.status === 404) {
      throw new NotFoundError(`A saved workflow "${file}" on ${machine.name}`, ["machineFile"]);
    }
    if (!(error instanceof ComfyError)) throw error;
    throw new UnavailableError(
      `${machine.name} does not answer: ${error.message}`,
      "Is the machine running, and its port open to this server?",
      "MACHINE_UNREACHABLE",
      ["machineId"],
    );
  } finally {
    await client.close();
  }
}
