// Jest can't transform a setup file into an ES module, so this one is plain and bundles what it needs.
import { fileURLToPath } from "node:url";
import { buildServer } from "../../scripts/build-server.mjs";

export default async function setUp() {
  await buildServer({
    entryPoints: ["postgres", "app-process", "media-process"].map((name) => `test/support/${name}.ts`),
    outdir: "dist/test",
  });
  const { startTestPostgres } = await import("../dist/test/postgres.js");
  const server = await startTestPostgres(fileURLToPath(new URL("../../prisma/migrations", import.meta.url)));
  process.env.CALLSHEET_TEST_SERVER = server.url;
  globalThis.callsheetTestPostgres = server;
}
