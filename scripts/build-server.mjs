// Bundles the server's entry points (esbuild, packages stay external): under a second, and nothing is transpiled at run time.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const server = fileURLToPath(new URL("../server/", import.meta.url));

export async function buildServer(options = {}) {
  await build({
    absWorkingDir: server,
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
    ...options,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildServer();
