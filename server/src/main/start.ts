import { runProcess } from "#app/start/lifetime.ts";
import { startProduct } from "#app/start/start.ts";

await runProcess((lifetime) => startProduct(process.env, lifetime));
