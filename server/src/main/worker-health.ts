import { hostname } from "node:os";
import pg from "pg";
import { readConfig } from "#app/config.ts";

/** For health checks of containers: ends with 0 when a worker of this host gave a sign of life lately. */
const client = new pg.Client({ connectionString: readConfig(process.env).databaseUrl });
await client.connect();
const { rowCount } = await client.query(
  "SELECT 1 FROM worker WHERE starts_with(host, $1) AND last_heartbeat_at > now() - interval '30 seconds'",
  [`${hostname()}:`],
);
await client.end();
process.exitCode = rowCount ? 0 : 1;
