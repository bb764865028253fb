import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { v7 as uuidv7 } from "uuid";
import type { Deps } from "#app/deps.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset } from "#domains/assets/assets.service.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import { normalisePath } from "#domains/queue/logic/normalise-path.ts";
import type { JobInput } from "#domains/queue/logic/build/per-file.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { CheckedSubmit } from "#domains/queue/submit/submit-input.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import { type FieldIssue, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { InputKind } from "#platform/db/generated/enums.ts";
import { inspectMedia, type MediaInfo } from "#platform/media/inspect.ts";

/** An input that can be read. `assetId` is the global id, by which perFileParams may name it. */
export type GatheredInput = JobInput & {
  dbId: string;
  sha256: string;
  /** Of a file on the server, whose bytes are not in our storage yet. */
  toStage: { path: string; media: MediaInfo } | null;
};

const extensions: Record<InputKind, Set<string>> = {
  IMAGE: new Set([".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif"]),
  VIDEO: new Set([".mp4", ".mov", ".webm", ".mkv", ".avi", ".gif", ".webp"]),
  NONE: new Set(),
};

type GatherDeps = Pick<Deps, "config" | "db">;

/**
 * The job's inputs, checked. Nothing is stored: that is for a submit which is right as a whole, see stageInputs.
 * @throws ValidationError, NotFoundError; with skipBlocked unreadable files are left out
 */
export async function gatherInputs(
  deps: GatherDeps,
  viewer: Viewer,
  input: CheckedSubmit,
  target: Pick<SubmitTarget, "inputKind" | "recipe">,
): Promise<GatheredInput[]> {
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
  const paths =
    input.directory === undefined
      ? []
      : (await listDirectory(deps.config.inputRoots, input.directory, allowed ?? [...extensions[kind]])).map(
          (path) => ({ path }),
        );
  const gathered: GatheredInput[] = [];
  const problems: (ValidationError | NotFoundError)[] = [];
  for (const [index, item] of [...input.inputs, ...paths].entries()) {
    const at = input.directory === undefined ? ["inputs", String(index)] : ["directory"];
    try {
      const file = await gatherOne(deps, viewer, item, kind, at);
      requireExtension(file.filename, allowed, at);
      gathered.push(file);
    } catch (error) {
      if (!(error instanceof ValidationError) && !(error instanceof NotFoundError)) throw error;
      if (!input.skipBlocked && error instanceof NotFoundError) throw error;
      problems.push(error);
    }
  }
  const [first] = problems;
  if (!first || (input.skipBlocked && gathered.length > 0)) return gathered;
  if (problems.length === 1) throw first;
  const issues = problems.flatMap((problem): FieldIssue[] =>
    problem instanceof ValidationError ? problem.issues : [{ path: problem.path ?? [], message: problem.message }],
  );
  throw new ValidationError(issues, "INPUT_UNREADABLE");
}

async function gatherOne(
  deps: GatherDeps,
  viewer: Viewer,
  item: { assetId?: string | undefined; path?: string | undefined },
  kind: InputKind,
  at: string[],
): Promise<GatheredInput> {
  if ((item.assetId === undefined) === (item.path === undefined)) {
    throw ValidationError.at(at, "give an assetId or a path for each input");
  }
  if (item.assetId !== undefined) {
    const asset = await requireAsset(deps, viewer, requireId("Asset", item.assetId, [...at, "assetId"]), [
      ...at,
      "assetId",
    ]);
    requireKind(asset.blob.mime, asset.filename, kind, at);
    return {
      assetId: item.assetId,
      dbId: asset.id,
      path: null,
      filename: asset.filename,
      sha256: asset.sha256,
      toStage: null,
    };
  }
  const where = [...at, "path"];
  const path = await resolveInsideRoots(deps.config.inputRoots, item.path as string, where);
  const filename = basename(path);
  const { sha256, media } = await readFacts(path, deps.config.maxUploadBytes).catch((error: Error) => {
    throw ValidationError.at(where, `${filename} can't be read: ${error.message}`, "INPUT_UNREADABLE");
  });
  requireKind(media.mime, filename, kind, where);
  const dbId = uuidv7();
  return { assetId: encodeId("Asset", dbId), dbId, path, filename, sha256, toStage: { path, media } };
}

/** @throws when the file can't be read, is too large, or is a damaged picture or clip */
async function readFacts(path: string, maxBytes: number): Promise<{ sha256: string; media: MediaInfo }> {
  const { size } = await stat(path);
  if (size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { sha256: hash.digest("hex"), media: await inspectMedia(path) };
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

/** @throws ValidationError for a path outside the allowed roots (symlinks resolved), or one that does not exist */
async function resolveInsideRoots(roots: readonly string[], text: string, at: string[]): Promise<string> {
  if (roots.length === 0) {
    throw ValidationError.at(
      at,
      "no server folders are open for inputs; name them in CALLSHEET_INPUT_ROOTS",
      "NO_INPUT_ROOTS",
    );
  }
  const cleaned = normalisePath(text);
  const candidate = isAbsolute(cleaned) ? cleaned : join(roots[0] as string, cleaned);
  const real = await realpath(candidate).catch(() => undefined);
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
  const isInside = (path: string): boolean => realRoots.some((root) => path === root || path.startsWith(root + sep));
  if (real === undefined) throw ValidationError.at(at, `${cleaned} does not exist`, "PATH_MISSING");
  if (!isInside(real))
    throw ValidationError.at(
      at,
      `${cleaned} is outside the folders that are open for inputs: ${roots.join(", ")}`,
      "PATH_OUTSIDE_ROOTS",
    );
  return real;
}

async function listDirectory(
  roots: readonly string[],
  directory: string,
  allowed: readonly string[],
): Promise<string[]> {
  const real = await resolveInsideRoots(roots, directory, ["directory"]);
  if (!(await stat(real)).isDirectory()) throw ValidationError.at(["directory"], `${directory} is not a folder`);
  const entries = await readdir(real, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && allowed.includes(splitName(entry.name).extension.toLowerCase()))
    .map((entry) => entry.name)
    .toSorted(compareNatural);
  if (names.length === 0) {
    throw ValidationError.at(
      ["directory"],
      `${directory} has no file that this workflow takes (${allowed.join(", ")})`,
      "DIRECTORY_EMPTY",
    );
  }
  return names.map((name) => join(real, name));
}
