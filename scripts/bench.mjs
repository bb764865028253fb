// `npm run bench -- NAME`: bench/src/NAME.bench.ts, which prints a table with ratios against a baseline of the same run.
import { readdir } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { buildWeb, main, prepare } from "./lib/bootstrap.mjs";
import { runNode } from "./lib/run.mjs";
import { root } from "./lib/steps.mjs";

/** A package stays outside, by the file that its importer means: the server's own are not to be found from here. */
const packagesWhereTheyAre = {
  name: "packages-where-they-are",
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./#]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind === "entry-point" || pluginData?.isSeen || path.startsWith("@callsheet/")) return undefined;
      if (isBuiltin(path)) return { path, external: true };
      const { path: file, errors } = await resolve(path, { kind, resolveDir, pluginData: { isSeen: true } });
      return errors.length > 0 ? { errors } : { path: file, external: true };
    });
  },
};

await main(async () => {
  const [name, ...args] = process.argv.slice(2);
  const files = await readdir(join(root, "bench/src"));
  const names = files.filter((file) => file.endsWith(".bench.ts")).map((file) => file.replace(".bench.ts", ""));
  if (!name || !names.includes(name)) {
    console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
    process.exitCode = 2;
    return;
  }
  await prepare();
  if (name === "web") await buildWeb();
  const children = files.filter((file) => file.endsWith(".child.ts")).map((file) => `bench/src/${file}`);
  // Media work looks for its process beside the bundle.
  const mediaProcess = "server/src/main/media-process.ts";
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    // Beside the benchmark itself: what it starts as processes of their own.
    entryPoints: [
      ...[`bench/src/${name}.bench.ts`, ...children].map((file) => ({
        in: file,
        out: file.slice("bench/src/".length, -3),
      })),
      { in: mediaProcess, out: "media-process" },
    ],
    outdir: "bench/dist",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // Nothing that only bundlers understand.
    conditions: [],
    plugins: [packagesWhereTheyAre],
    alias: { "@callsheet/server": join(root, "server/src"), "@callsheet/server/test": join(root, "server/test") },
    sourcemap: true,
    logLevel: "warning",
  });
  await runNode(`bench/dist/${name}.bench.js`, args, {
    env: { NODE_ENV: "production", NODE_OPTIONS: "--enable-source-maps --max-semi-space-size=64" },
  });
});
