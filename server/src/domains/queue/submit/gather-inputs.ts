import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import { decodeId, encodeId, requireId } from "#graphql/ids.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { requireBytes } from "#domains/assets/assets.service.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import type { JobInput } from "#domains/queue/logic/build/per-file.ts";
import { inputExtensions } from "#domains/queue/logic/input-extensions.ts";
import { normalisePath } from "#domains/queue/logic/normalise-path.ts";
import { matchingFiles } from "#domains/queue/paths/matching-files.ts";
import { resolveFolder, resolveInsideRoots } from "#domains/queue/paths/inside-roots.ts";
import { type Finding, findingOfInput } from "#domains/queue/submit/finding.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { CheckedSubmit } from "#domains/queue/submit/submit-input.ts";
import { DomainError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { Asset, Blob } from "#platform/db/generated/client.ts";
import type { InputKind } from "#platform/db/generated/enums.ts";
import { inspectMedia, type MediaInfo } from "#platform/media/inspect.ts";
import { openInside } from "#platform/storage/open-inside.ts";

/** An input that can be read. `assetId` is the global id, by which perFileParams may name it. */
export type GatheredInput = JobInput & {
  dbId: string;
  sha256: string;
  /** What the file says of itself; nulls where it says nothing. */
  media: Pick<MediaInfo, "width" | "height" | "durationSecs">;
  /** Of a file on the server, whose bytes are not in our storage yet. */
  toStage: { path: string; media: MediaInfo; bytes: number; modifiedAt: Date } | null;
};
/** An input that can't be taken, and why. It has a name all the same, so that it can be told of. */
export type BlockedInput = JobInput & { problem: Finding };

export function isReadable(input: GatheredInput | BlockedInput): input is GatheredInput {
  return !("problem" in input);
}

type GatherDeps = Pick<Deps, "config" | "db" | "storage">;
type GivenInput = CheckedSubmit["inputs"][number];

/**
 * The job's inputs in the order given, each checked. Nothing is stored: that is for a submit which is right as a whole, see
 * stageInputs. One statement, however many there are.
 * @throws ValidationError where there is no telling which inputs are meant
 */
export async function gatherInputs(
  deps: GatherDeps,
  viewer: Viewer,
  input: Pick<CheckedSubmit, "directory" | "inputs">,
  target: Pick<SubmitTarget, "inputKind" | "recipe">,
): Promise<(GatheredInput | BlockedInput)[]> {
  const { inputKind: kind } = target;
  const allowed = target.recipe.inputExtensions;
  if (input.directory !== undefined && input.inputs.length > 0) {
    throw ValidationError.at(["directory"], "give inputs or a directory, not both");
  }
  if (kind === "NONE" && (input.directory !== undefined || input.inputs.length > 0)) {
    throw ValidationError.at(
      [input.directory === undefined ? "inputs" : "directory"],
      "this workflow takes no input file",
    );
  }
  const given: GivenInput[] =
    input.directory === undefined
      ? input.inputs
      : await listDirectory(deps.config.inputRoots, input.directory, allowed ?? inputExtensions[kind]);
  const assets = await findAssets(deps, viewer, given);
  const gathered: (GatheredInput | BlockedInput)[] = [];
  for (const [index, item] of given.entries()) {
    const at = input.directory === undefined ? ["inputs", String(index)] : ["directory"];
    try {
      const file = await gatherOne(deps, assets, item, kind, at);
      requireExtension(file.filename, allowed, at);
      gathered.push(file);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const path = item.path === undefined ? null : normalisePath(item.path);
      const filename =
        assets.get(item.assetId ?? "")?.filename ?? (path === null ? `input ${index + 1}` : basename(path));
      gathered.push({ assetId: item.assetId ?? null, path, filename, problem: findingOfInput(error) });
    }
  }
  return gathered;
}

/** Those of the given assets that there are and that the viewer may see, by global id. */
async function findAssets({ db }: GatherDeps, viewer: Viewer, given: readonly GivenInput[]) {
  const ids = given.flatMap(({ assetId }) => decodeId("Asset", assetId ?? "") ?? []);
  const where = { AND: [{ id: { in: [...new Set(ids)] } }, ownedBy(viewer)] };
  const assets = ids.length === 0 ? [] : await db.prisma.asset.findMany({ where, include: { blob: true } });
  return new Map(assets.map((asset) => [encodeId("Asset", asset.id), asset]));
}

async function gatherOne(
  { config, storage }: Pick<GatherDeps, "config" | "storage">,
  assets: Awaited<ReturnType<typeof findAssets>>,
  item: GivenInput,
  kind: InputKind,
  at: string[],
): Promise<GatheredInput> {
  if ((item.assetId === undefined) === (item.path === undefined)) {
    throw ValidationError.at(at, "give an assetId or a path for each input");
  }
  if (item.assetId !== undefined) {
    const where = [...at, "assetId"];
    const asset = assets.get(encodeId("Asset", requireId("Asset", item.assetId, where)));
    if (!asset) throw new NotFoundError("The asset", where);
    const { filename, sha256, id: dbId } = asset;
    requireBytes(asset, where);
    requireKind(asset.blob.mime, filename, kind, at);
    if (asset.isInPlace) await requireInPlace(config, asset, where);
    else if (!(await storage.has(sha256)))
      throw ValidationError.at(where, `the bytes of ${filename} are no longer in the storage`, "INPUT_UNREADABLE");
    return { assetId: item.assetId, dbId, path: null, filename, sha256, media: asset.blob, toStage: null };
  }
  const where = [...at, "path"];
  const path = await resolveInsideRoots(config.inputRoots, item.path as string, where);
  const filename = basename(path);
  const { sha256, media, ...facts } = await readFacts(config, path).catch((error: Error) => {
    throw ValidationError.at(where, `${filename} can't be read: ${error.message}`, "INPUT_UNREADABLE");
  });
  requireKind(media.mime, filename, kind, where);
  const dbId = uuidv7();
  const assetId = encodeId("Asset", dbId);
  return { assetId, dbId, path, filename, sha256, media, toStage: { path, media, ...facts } };
}

/** @throws when the file can't be read, is too large, or is a damaged picture or clip */
async function readFacts({ inputRoots, maxUploadBytes }: Deps["config"], path: string) {
  await using file = await openInside(inputRoots, path);
  const { size: bytes, mtime: modifiedAt } = file.stats;
  if (bytes > maxUploadBytes) throw new Error(`it is larger than ${maxUploadBytes} bytes`);
  return { sha256: await file.sha256(), media: await inspectMedia(file.path), bytes, modifiedAt };
}

/** @throws ValidationError when the file is no longer what it was; whoever runs it compares its content */
async function requireInPlace(
  { inputRoots }: Deps["config"],
  asset: Asset & { blob: Blob },
  at: string[],
): Promise<void> {
  const path = asset.sourcePath ?? "";
  const problem = await openInside(inputRoots, path).then(
    async (file) => {
      await file[Symbol.asyncDispose]();
      return file.stats.size === Number(asset.blob.bytes) ? null : "it is not the file that it was";
    },
    (error: Error) => error.message,
  );
  if (problem !== null) throw ValidationError.at(at, `${path} can't be used: ${problem}`, "INPUT_UNREADABLE");
}

function requireKind(mime: string, filename: string, kind: InputKind, at: string[]): void {
  const fits = kind === "VIDEO" ? mime.startsWith("video/") || mime.startsWith("image/") : mime.startsWith("image/");
  if (!fits)
    throw ValidationError.at(
      at,
      `${filename} is ${mime}; this workflow takes ${kind === "VIDEO" ? "a clip" : "a picture"}`,
    );
}

/** @throws ValidationError for a file that the workflow's definition does not take */
function requireExtension(filename: string, allowed: readonly string[] | null, at: string[]): void {
  const extension = splitName(filename).extension.toLowerCase();
  if (allowed && !allowed.includes(extension))
    throw ValidationError.at(at, `${filename} does not end as this workflow's inputs do: ${allowed.join(", ")}`);
}

async function listDirectory(
  roots: readonly string[],
  directory: string,
  allowed: readonly string[],
): Promise<{ path: string }[]> {
  const real = await resolveFolder(roots, directory, ["directory"]);
  const names = matchingFiles(await readdir(real, { withFileTypes: true }), allowed);
  if (names.length === 0) {
    throw ValidationError.at(
      ["directory"],
      `${directory} has no file that this workflow takes (${allowed.join(", ")})`,
      "DIRECTORY_EMPTY",
    );
  }
  return names.map((name) => ({ path: join(real, name) }));
}
