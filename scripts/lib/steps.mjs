// Steps of the bootstrap that are skipped while nothing they depend on has changed.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
const notes = join(root, ".callsheet", "build.json");
/** What installs and builds write. Next makes next-env.d.ts at its first build and changes it in development. */
const ignored = new Set(["node_modules", "dist", ".next", ".turbo", "coverage", "next-env.d.ts"]);

/**
 * @typedef {{ name: string, inputs: string[], outputs: string[], action: () => Promise<void> }} Step paths from the root
 */

/** Whether the content of a step's inputs differs from that of its last success, or an output is missing. @param {Step} step */
export async function isDue(step) {
  if (!step.outputs.every((path) => existsSync(join(root, path)))) return true;
  return (await readNotes())[step.name] !== (await fingerprint(step.inputs, step.outputs));
}

/** Runs a step if it is due. @param {Step} step */
export async function runStep(step) {
  if (!(await isDue(step))) return;
  // Taken before the work: what changes meanwhile makes it due again.
  const hash = await fingerprint(step.inputs, step.outputs);
  const startedAt = performance.now();
  process.stderr.write(`${step.name} …`);
  try {
    await step.action();
  } catch (error) {
    process.stderr.write("\n");
    throw error;
  }
  process.stderr.write(` ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  await mkdir(dirname(notes), { recursive: true });
  await writeFile(notes, `${JSON.stringify({ ...(await readNotes()), [step.name]: hash }, null, 2)}\n`);
}

/** One hash over the names and contents of files and folders; outputs inside an input folder don't count. */
async function fingerprint(paths, except = []) {
  const hash = createHash("sha256").update(process.version);
  const excluded = new Set(except.map((path) => join(root, path)));
  for (const path of paths) {
    for (const file of await listFiles(join(root, path), excluded)) {
      hash.update(`\n${relative(root, file)}\n`).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

async function listFiles(path, excluded) {
  if (excluded.has(path)) return [];
  const info = await stat(path).catch(() => undefined);
  if (!info) return [];
  if (!info.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => !ignored.has(name) && !name.endsWith(".tsbuildinfo")).toSorted();
  const nested = await Promise.all(names.map((name) => listFiles(join(path, name), excluded)));
  return nested.flat();
}

async function readNotes() {
  try {
    return JSON.parse(await readFile(notes, "utf8"));
  } catch {
    return {};
  }
}
