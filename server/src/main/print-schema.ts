import { writeFile } from "node:fs/promises";
import { lexicographicSortSchema, printSchema } from "graphql";
import { schema } from "#graphql/schema.ts";

/** Writes the printed schema; the argument is the file. */
const file = process.argv[2] ?? "server/schema.graphql";
await writeFile(file, `${printSchema(lexicographicSortSchema(schema))}\n`);
