// Bundles the server's entry points (esbuild, packages stay external): under a second, and nothing is transpiled at run time.
import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const options = {
  absWorkingDir: fileURLToPath(new URL("../server/", import.meta.url)),
  entryPoints: ["src/main/*.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
};

/** What the product's own clients ask: written by `npm run generate`, which builds the server first. */
const ownDocuments = { web: "../web/src/gql/documents.json", cli: "src/cli/gql/documents.json" };

/** @param {import("esbuild").BuildOptions} changes */
export async function buildServer(changes = {}) {
  const settings = { ...options, ...changes };
  await build(settings);
  const folder = resolve(settings.absWorkingDir, settings.outdir, "documents");
  await mkdir(folder, { recursive: true });
  for (const [name, file] of Object.entries(ownDocuments)) {
    const documents = join(settings.absWorkingDir, file);
    if (existsSync(documents)) await copyFile(documents, join(folder, `${name}.json`));
  }
}

/** Builds now and at every change, until disposed. @param {import("esbuild").Plugin[]} plugins */
export async function watchServer(plugins) {
  const watching = await context({ ...options, plugins });
  await watching.watch();
  return watching;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildServer();
