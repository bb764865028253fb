import { safeFilename, splitName } from "#domains/assets/logic/filename.ts";

/**
 * Folder and file names for a run's outputs in our storage: the run's output prefix, a number when there are several,
 * and the extension that the machine gave.
 */
export function outputNames(
  jobId: string,
  outputPrefix: string,
  machineNames: readonly string[],
): { folder: string; filename: string }[] {
  const parts = outputPrefix.split("/").filter((part) => part !== "" && part !== "." && part !== "..");
  const stem = safeFilename(parts.pop() ?? "output");
  const folder = ["jobs", jobId, ...parts.map(safeFilename)].join("/");
  return machineNames.map((name, index) => {
    const { extension } = splitName(safeFilename(name));
    const number = machineNames.length > 1 ? `_${String(index + 1).padStart(2, "0")}` : "";
    return { folder, filename: `${stem}${number}${extension.toLowerCase()}` };
  });
}
