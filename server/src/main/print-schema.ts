import { writeFile } from "node:fs/promises";
import { lexicographicSortSchema, printSchema } from "graphql";
import { accessOf } from "#graphql/access-of.ts";
import { schema } from "#graphql/schema.ts";

/** Writes the printed schema, and who may use what; the arguments are the files. */
const [file = "server/schema.graphql", accessFile] = process.argv.slice(2);
await writeFile(file, `${printSchema(lexicographicSortSchema(schema))}\n`);
if (accessFile) await writeFile(accessFile, JSON.stringify(accessOf(schema), null, 2));
