// Writes what is derived from the code: the database client and typed operations; and, to be committed, server/schema.graphql with
// its reference and its changelog.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeApiDocuments } from "./lib/api-documents.mjs";
import { buildClient, main, prepare, prepareDatabaseClient } from "./lib/bootstrap.mjs";
import { root } from "./lib/steps.mjs";

await main(async () => {
  await prepareDatabaseClient();
  // The server is built with its typed operations. Where they are there, the schema comes first: operations may use fields
  // that are new in it.
  if (!existsSync(join(root, "server/src/cli/gql/gql.ts"))) await prepare();
  await writeApiDocuments();
  await prepare();
  await buildClient();
});
