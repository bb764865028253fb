// Writes what is derived from the code: the database client, server/schema.graphql (committed) and typed operations.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { buildClient, main, prepare, prepareDatabaseClient, printSchema } from "./lib/bootstrap.mjs";
import { root } from "./lib/steps.mjs";

await main(async () => {
  await prepareDatabaseClient();
  // The server is built with its typed operations. Where they are there, the schema comes first: operations may use fields
  // that are new in it.
  if (!existsSync(join(root, "server/src/cli/gql/gql.ts"))) await prepare();
  await printSchema("server/schema.graphql");
  await prepare();
  await buildClient();
});
