import { chmod, mkdtemp, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { runNode } from "./run.mjs";
import { root } from "./steps.mjs";

/** @param {string[]} args */
export async function jest(args) {
  const scratch = await memoryFolder();
  try {
    await runNode(join(root, "node_modules/jest/bin/jest.js"), args, {
      env: {
        NODE_ENV: "test",
        NODE_OPTIONS: "--import tsx --disable-warning=ExperimentalWarning --max-semi-space-size=64",
        ...(scratch ? { TMPDIR: scratch } : {}),
      },
    });
  } finally {
    if (scratch) await rm(scratch, { recursive: true, force: true });
  }
}

/** Three times what tests were seen to take at once, in bytes: databases, files, browsers' profiles. */
const enough = 3 * 1024 ** 3;

/**
 * A folder in memory for what tests write, where the system has one and it is large enough. On a disk the many databases, each of
 * hundreds of files, are a third of the tests' whole time.
 */
async function memoryFolder() {
  try {
    const { bavail, bsize } = await statfs("/dev/shm");
    if (bavail * bsize < enough) return null;
    const folder = await mkdtemp("/dev/shm/callsheet-tests-");
    // The embedded database of a root user runs as somebody else.
    await chmod(folder, 0o755);
    return folder;
  } catch {
    return null;
  }
}
