// Jest can't transform a setup file into an ES module, so this one is plain and bundles what it needs.
import { fileURLToPath } from "node:url";
import { buildServer } from "../../scripts/build-server.mjs";
import { buildClient } from "../../scripts/lib/bootstrap.mjs";

export default async function setUp() {
  await buildClient();
  await buildServer({
    entryPoints: {
      postgres: "test/support/postgres.ts",
      "app-process": "test/support/app-process.ts",
      "media-process": "test/support/media-process.ts",
      cli: "src/main/cli.ts",
      api: "src/main/api.ts",
      worker: "src/main/worker.ts",
    },
    outdir: "dist/test",
  });
  const { startTestPostgres } = await import("../dist/test/postgres.js");
  const server = await startTestPostgres(fileURLToPath(new URL("../../prisma/migrations", import.meta.url)));
  process.env.CALLSHEET_TEST_SERVER = server.url;
  globalThis.callsheetTestPostgres = server;
}
