import pg from "pg";

const timestamptz = 1184;

/**
 * Type parsers for statements whose rows go straight to a client: moments stay text, in ISO 8601, instead of becoming a
 * Date that is written out again. Half the cost of a long list. Connections of ours are in UTC (see client.ts).
 */
export const isoTimestamps = {
  getTypeParser: ((oid: number, format?: "text") =>
    oid === timestamptz ? toIso : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** "2026-11-21 04:31:31.123+00" as "2026-11-21T04:31:31.123Z". */
function toIso(text: string): string {
  return text.endsWith("+00") ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : new Date(text).toISOString();
}
