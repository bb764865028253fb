import { buildServer } from "./build-server.mjs";

await buildServer();
await import("../server/dist/new-migration.js");
