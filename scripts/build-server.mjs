// Bundles the server's entry points (esbuild, packages stay external): under a second, and nothing is transpiled at run time.
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

/** @param {import("esbuild").BuildOptions} changes */
export async function buildServer(changes = {}) {
  await build({ ...options, ...changes });
}

/** Builds now and at every change, until disposed. @param {import("esbuild").Plugin[]} plugins */
export async function watchServer(plugins) {
  const watching = await context({ ...options, plugins });
  await watching.watch();
  return watching;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildServer();
