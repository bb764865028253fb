import { runProcess } from "#app/start/lifetime.ts";
import { restoreDatabase } from "#app/start/database.ts";
import { readStartConfig } from "#app/start/start.ts";

await runProcess(() => restoreDatabase(readStartConfig(process.env), process.argv[2]));
