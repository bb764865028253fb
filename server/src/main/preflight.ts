import { runProcess } from "#app/start/lifetime.ts";
import { preflight, readStartConfig } from "#app/start/start.ts";

/** Finds what would stop the start before a long build begins. */
await runProcess(() => preflight(readStartConfig(process.env)));
