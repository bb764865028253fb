import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, isAbsolute, join, sep } from "node:path";
import type { Deps } from "#app/deps.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset, storeAsset } from "#domains/assets/assets.service.ts";
import { splitName } from "#domains/assets/logic/filename.ts";
import type { JobInput } from "#domains/queue/logic/build/per-file.ts";
import type { CheckedSubmit } from "#domains/queue/submit/submit-input.ts";
import { compareNatural } from "#domains/workflows/logic/natural-order.ts";
import { type FieldIssue, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { InputKind } from "#platform/db/generated/enums.ts";

/** An input whose bytes are in our storage. `assetId` is the global id, by which perFileParams may name it. */
export type GatheredInput = JobInput & { dbId: string | null; sha256: string };

const extensions: Record<InputKind, Set<string>> = {
  IMAGE: new Set([".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif"]),
  VIDEO: new Set([".mp4", ".mov", ".webm", ".mkv", ".avi", ".gif", ".webp"]),
  NONE: new Set(),
};

type GatherDeps = Pick<Deps, "config" | "db" | "storage">;

/**
 * The job's inputs, checked and staged: files on the server are copied by content, so that deleting or renaming them
 * after the submit changes nothing. A dry run stages too (the graph names the content), which stores bytes but no job.
 * @throws ValidationError, NotFoundError; with skipBlocked unreadable files are left out
 */
export async function gatherInputs(
  deps: GatherDeps,
  viewer: Viewer,
  input: CheckedSubmit,
  kind: InputKind,
  projectId: string | undefined,
): Promise<GatheredInput[]> {
  if (input.directory !== undefined && input.inputs.length > 0) {
    throw ValidationError.at(["directory"], "give inputs or a directory, not both");
  }
  if (kind === "NONE" && (input.directory !== undefined || input.inputs.length > 0)) {
    throw ValidationError.at([input.directory === undefined ? "inputs" : "directory"], "this workflow takes no input file");
  }
  const paths =
    input.directory === undefined ? [] : (await listDirectory(deps.config.inputRoots, input.directory, kind)).map((path) => ({ path }));
  const gathered: GatheredInput[] = [];
  const issues: FieldIssue[] = [];
  for (const [index, item] of [...input.inputs, ...paths].entries()) {
    const at = input.directory === undefined ? ["inputs", String(index)] : ["directory"];
    try {
      gathered.push(await gatherOne(deps, viewer, item, kind, projectId, at));
    } catch (error) {
      if (!(error instanceof ValidationError) && !(error instanceof NotFoundError)) throw error;
      if (!input.skipBlocked && error instanceof NotFoundError) throw error;
      issues.push(...(error instanceof ValidationError ? error.issues : [{ path: at, message: error.message }]));
    }
  }
  const nothingLeft = gathered.length === 0 && issues.length > 0;
  if (issues.length > 0 && (!input.skipBlocked || nothingLeft)) throw new ValidationError(issues, "INPUT_UNREADABLE");
  return gathered;
}

async function gatherOne(
  deps: GatherDeps,
  viewer: Viewer,
  item: { assetId?: string | undefined; path?: string | undefined },
  kind: InputKind,
  projectId: string | undefined,
  at: string[],
): Promise<GatheredInput> {
  if ((item.assetId === undefined) === (item.path === undefined)) {
    throw ValidationError.at(at, "give an assetId or a path for each input");
  }
  if (item.assetId !== undefined) {
    const asset = await requireAsset(deps, viewer, requireId("Asset", item.assetId, [...at, "assetId"]), [...at, "assetId"]);
    requireKind(asset.blob.mime, asset.filename, kind, at);
    return { assetId: item.assetId, dbId: asset.id, path: null, filename: asset.filename, sha256: asset.sha256 };
  }
  const path = await resolveInsideRoots(deps.config.inputRoots, item.path as string, [...at, "path"]);
  const blob = await deps.storage.put(createReadStream(path), deps.config.maxUploadBytes).catch((error: Error) => {
    throw ValidationError.at([...at, "path"], `${basename(path)} can't be read: ${error.message}`);
  });
  const asset = await storeAsset(deps, {
    blob,
    kind: "STAGED",
    folder: `staged/${projectId ?? viewer.userId}/${blob.sha256.slice(0, 12)}`,
    filename: basename(path),
    sourcePath: path,
    projectId: projectId ?? null,
    createdById: viewer.userId,
  }).catch((error: unknown) => {
    if (error instanceof ValidationError) throw ValidationError.at([...at, "path"], `${basename(path)}: ${error.message}`);
    throw error;
  });
  requireKind(asset.blob.mime, asset.filename, kind, at);
  return { assetId: encodeId("Asset", asset.id), dbId: asset.id, path, filename: basename(path), sha256: blob.sha256 };
}

function requireKind(mime: string, filename: string, kind: InputKind, at: string[]): void {
  const fits = kind === "VIDEO" ? mime.startsWith("video/") || mime.startsWith("image/") : mime.startsWith("image/");
  if (!fits) throw ValidationError.at(at, `${filename} is ${mime}; this workflow takes ${kind === "VIDEO" ? "a clip" : "a picture"}`);
}

/** @throws ValidationError for a path outside the allowed roots (symlinks resolved), or one that does not exist */
async function resolveInsideRoots(roots: readonly string[], text: string, at: string[]): Promise<string> {
  if (roots.length === 0) {
    throw ValidationError.at(at, "no server folders are open for inputs; name them in CALLSHEET_INPUT_ROOTS", "NO_INPUT_ROOTS");
  }
  const cleaned = text.trim().replace(/^["']|["']$/g, "");
  const candidate = isAbsolute(cleaned) ? cleaned : join(roots[0] as string, cleaned);
  const real = await realpath(candidate).catch(() => undefined);
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => root)));
  const isInside = (path: string): boolean => realRoots.some((root) => path === root || path.startsWith(root + sep));
  if (real === undefined) throw ValidationError.at(at, `${cleaned} does not exist`, "PATH_MISSING");
  if (!isInside(real)) throw ValidationError.at(at, `${cleaned} is outside the folders that are open for inputs: ${roots.join(", ")}`, "PATH_OUTSIDE_ROOTS");
  return real;
}

async function listDirectory(roots: readonly string[], directory: string, kind: InputKind): Promise<string[]> {
  const real = await resolveInsideRoots(roots, directory, ["directory"]);
  if (!(await stat(real)).isDirectory()) throw ValidationError.at(["directory"], `${directory} is not a folder`);
  const entries = await readdir(real, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && extensions[kind].has(splitName(entry.name).extension.toLowerCase()))
    .map((entry) => entry.name)
    .toSorted(compareNatural);
  if (names.length === 0) {
    throw ValidationError.at(["directory"], `${directory} has no file that this workflow takes (${[...extensions[kind]].join(", ")})`, "DIRECTORY_EMPTY");
  }
  return names.map((name) => join(real, name));
}
