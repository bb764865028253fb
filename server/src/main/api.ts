import { runProcess } from "#app/start/lifetime.ts";
import { startApi } from "#app/start/services.ts";

await runProcess((lifetime) => startApi(process.env, lifetime));
