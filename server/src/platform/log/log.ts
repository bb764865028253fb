import { trace } from "@opentelemetry/api";
import { type DestinationStream, pino, type Logger } from "pino";
import { createConceal } from "#platform/log/conceal.ts";
import { serializeError } from "#platform/log/serialize-error.ts";
import { currentScope } from "#platform/work/scope.ts";

export type Log = Logger;

export interface LogOptions {
  level: string;
  /** What must never stand in a line, whatever brings it there. */
  secrets?: readonly string[];
  /** Whether texts of prompts may stand there. */
  showsPrompts?: boolean;
  /** Where lines go; stderr unless said. */
  to?: DestinationStream | undefined;
}

/**
 * JSON lines on stderr, each with the ids of what is being done (request, job, run) and, where it is traced, of its trace.
 * What is secret is taken out of the finished line: from errors of libraries, too.
 */
export function createLog({ level, secrets = [], showsPrompts = false, to }: LogOptions): Log {
  const conceal = createConceal(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => serializeError(error, showsPrompts) },
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return { ...currentScope()?.ids, ...(span ? { traceId: span.traceId, spanId: span.spanId } : {}) };
      },
      hooks: { streamWrite: (line) => conceal(line, showsPrompts ? undefined : currentScope()?.texts) },
    },
    to ?? pino.destination({ dest: 2, sync: true }),
  );
}
