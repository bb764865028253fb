import { realpath, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { normalisePath } from "#domains/queue/logic/normalise-path.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { isInside, realRoots } from "#platform/storage/open-inside.ts";

/**
 * The file or folder that a person means, symlinks resolved. What does not begin at the top is taken from the first root.
 * @throws ValidationError for a path outside the allowed roots, or one that does not exist
 */
export async function resolveInsideRoots(roots: readonly string[], text: string, at: string[]): Promise<string> {
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
  if (real === undefined) throw ValidationError.at(at, `${cleaned} does not exist`, "PATH_MISSING");
  if (!isInside(await realRoots(roots), real))
    throw ValidationError.at(
      at,
      `${cleaned} is outside the folders that are open for inputs: ${roots.join(", ")}`,
      "PATH_OUTSIDE_ROOTS",
    );
  return real;
}

/** @throws ValidationError, also for a file */
export async function resolveFolder(roots: readonly string[], text: string, at: string[]): Promise<string> {
  const real = await resolveInsideRoots(roots, text, at);
  if (!(await stat(real)).isDirectory()) throw ValidationError.at(at, `${text} is not a folder`, "NOT_A_FOLDER");
  return real;
}
