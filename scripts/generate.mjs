// Writes what is derived from the code: the database client, server/schema.graphql (committed) and typed operations.
import { main, prepare, printSchema } from "./lib/bootstrap.mjs";

await main(async () => {
  await prepare();
  await printSchema("server/schema.graphql");
  await prepare();
});
