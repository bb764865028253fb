import { runProcess } from "#app/start/lifetime.ts";
import { startWorker } from "#app/start/services.ts";

await runProcess((lifetime) => startWorker(process.env, lifetime));
