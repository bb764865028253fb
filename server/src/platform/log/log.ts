import { pino, type Logger } from "pino";

export type Log = Logger;

/** JSON lines on stderr; secrets that could ride along in an object are cut. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ["apiKey", "*.apiKey", "headers.authorization", "headers.cookie"], censor: "[hidden]" },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
