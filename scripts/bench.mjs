// npm run bench -- NAME [args]: bundles bench/src/NAME.ts and runs it.
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
const [name, ...args] = process.argv.slice(2);
const names = readdirSync(`${root}bench/src`)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.replace(".bench.ts", ""));
if (!name || !existsSync(`${root}bench/src/${name}.bench.ts`)) {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
  process.exit(2);
}
await build({
  absWorkingDir: root,
  entryPoints: [`bench/src/${name}.bench.ts`],
  outdir: "bench/dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  alias: { "@callsheet/server": `${root}server/src`, "@callsheet/server/test": `${root}server/test` },
  sourcemap: true,
  logLevel: "warning",
});
process.argv = [process.argv[0], process.argv[1], ...args];
await import(`${root}bench/dist/${name}.bench.js`);
