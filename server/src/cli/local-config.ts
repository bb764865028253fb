import { type Config, readConfig } from "#app/config.ts";

/** As the server reads it; address and key of an API are for clients. */
export function readLocalConfig(env: Record<string, string | undefined>): Config {
  const { CALLSHEET_API_URL: _url, CALLSHEET_API_KEY: _key, ...rest } = env;
  return readConfig({ ...rest, CALLSHEET_LOG_LEVEL: rest["CALLSHEET_LOG_LEVEL"] || "error" });
}

/** Whether the database is this machine's own, so that working on it without the API is no surprise to others. */
export function isDatabaseLocal({ databaseUrl }: Pick<Config, "databaseUrl">): boolean {
  if (databaseUrl === undefined) return true;
  return ["localhost", "127.0.0.1", "[::1]", ""].includes(new URL(databaseUrl).hostname);
}
