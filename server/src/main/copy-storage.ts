import { copyStorage } from "#app/start/copy-storage.ts";
import { runProcess } from "#app/start/lifetime.ts";
import { readStartConfig } from "#app/start/start.ts";

await runProcess(() => copyStorage(readStartConfig(process.env), process.argv[2], console.error));
