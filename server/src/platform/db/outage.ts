import { Prisma } from "#platform/db/generated/client.ts";

/** Of the network, as Node names them. */
const network = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENOTFOUND", "EAI_AGAIN"]);
/** Postgres' own: broken connections, and a server that stops, has crashed, or is not up yet. */
const ofPostgres = /^(08|57P0[123])/;
/** Prisma's: not reached, not in time, timed out, closed. */
const ofPrisma = new Set(["P1001", "P1002", "P1008", "P1017"]);
/** What pg says without a code. */
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether the database was away, or went away, and not the statement was wrong: the same can work in a moment. */
export function isDatabaseOutage(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && (network.has(code) || ofPostgres.test(code) || ofPrisma.has(code))) return true;
  if (words.test(error.message)) return true;
  return error instanceof Prisma.PrismaClientUnknownRequestError && /connection|not reachable/i.test(error.message);
}
