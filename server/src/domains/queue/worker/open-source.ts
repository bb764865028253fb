import type { Deps } from "#app/deps.ts";
import { failure, type RunFailure } from "#domains/queue/logic/run-error.ts";
import { type OpenedFile, openInside, OutsideRootsError } from "#platform/storage/open-inside.ts";

/** A file of the server that a job reads where it lies, as it was when the job was submitted. */
export interface InputSource {
  filename: string;
  path: string;
  sha256: string;
  bytes: number;
  /** As ISO text. */
  modifiedAt: string;
}

const again = "put it back as it was, or submit again";

/**
 * Opens the file where it lies, unless it is another one by now.
 * @param isChecked its content was compared before: an unchanged size and date are enough
 */
export async function openSource(
  { config }: Pick<Deps, "config">,
  source: InputSource,
  isChecked: boolean,
): Promise<OpenedFile | RunFailure> {
  let file: OpenedFile;
  try {
    file = await openInside(config.inputRoots, source.path);
  } catch (error) {
    return failureOf(source, error);
  }
  try {
    const { size, mtime } = file.stats;
    const looksSame = size === source.bytes && mtime.getTime() === Date.parse(source.modifiedAt);
    if (isChecked && looksSame) return file;
    if (size === source.bytes && (await file.sha256()) === source.sha256) return file;
    await file[Symbol.asyncDispose]();
    const how = size === source.bytes ? "has another content" : `has ${size} bytes instead of ${source.bytes}`;
    return failure(
      "INPUT_CHANGED",
      `The input file ${source.path} is not what was submitted: it ${how}, last changed ${mtime.toISOString()}; ${again}`,
    );
  } catch (error) {
    await file[Symbol.asyncDispose]();
    return failureOf(source, error);
  }
}

function failureOf({ path }: InputSource, error: unknown): RunFailure {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof OutsideRootsError) {
    return failure(
      "INPUT_OUTSIDE_ROOTS",
      `The input file ${path} leads out of the folders that are open for inputs by now; ${again}`,
    );
  }
  if (code === "ENOENT" || code === "ENOTDIR")
    return failure("INPUT_MISSING", `The input file ${path} is no longer there; ${again}`);
  return failure("INPUT_UNREADABLE", `The input file ${path} can't be read: ${message}; mend that and retry the run`);
}

export const isFailure = (opened: OpenedFile | RunFailure): opened is RunFailure => "code" in opened;
