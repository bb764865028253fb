import { setTimeout as pause } from "node:timers/promises";
import { type App, createApp } from "#app/create-app.ts";
import { type Config, readConfig } from "#app/config.ts";
import { startMetricsServer } from "#app/metrics-server.ts";
import { bringUpToDate } from "#app/start/database.ts";
import { announceFirstAdmin } from "#app/start/first-admin.ts";
import { type Lifetime, stopped } from "#app/start/lifetime.ts";
import { registerMachines } from "#app/start/machines.ts";
import { applyStartMode } from "#app/start/start-mode.ts";
import { StartError } from "#app/start/start-error.ts";

type Environment = Record<string, string | undefined>;

/** The API alone, for several hosts or containers: database and machines are somebody else's. */
export async function startApi(env: Environment, { stop }: Lifetime): Promise<void> {
  const config = readConfig(env);
  await using app = await open(config, { api: true, worker: false });
  await applyStartMode(app.deps);
  await registerMachines(app.deps, []);
  await app.api?.listen(config.port, config.host);
  app.deps.log.info({ host: config.host, port: config.port }, "the API listens");
  await announceFirstAdmin(app.deps);
  await stopped(stop);
  app.api?.retire();
  app.deps.log.info({ drainMs: config.drainMs }, "the API ends");
  await pause(config.drainMs);
}

/** A worker alone; as many as there is work for. */
export async function startWorker(env: Environment, { stop }: Lifetime): Promise<void> {
  const config = readConfig(env);
  await using app = await open(config, { api: false, worker: true });
  const { metricsPort } = config;
  await using _metrics =
    metricsPort === undefined ? undefined : await startMetricsServer(app.deps.metrics, metricsPort, config);
  app.deps.log.info({ workerId: app.workerId, metricsPort }, "the worker runs");
  await stopped(stop);
}

async function open(config: Config, roles: { api: boolean; worker: boolean }): Promise<App> {
  const { databaseUrl } = config;
  if (!databaseUrl) {
    throw new StartError(
      "API and worker as separate processes share a database: set DATABASE_URL. npm start brings its own.",
    );
  }
  // Every process brings the schema up to date, one at a time, so that none runs against an older one.
  await bringUpToDate(databaseUrl, console.error);
  const app = await createApp(config, { databaseUrl, roles });
  if (roles.api && config.isOpenToNetwork) app.deps.log.warn(openToNetwork(config));
  return app;
}

/** Said loudly at each start. */
export function openToNetwork(config: Config): string {
  return (
    `CALLSHEET_TRUST_NETWORK: the API listens on ${config.host} and asks nobody for a login. ` +
    `Everybody who reaches port ${config.port} may do everything; keep it behind a private network.`
  );
}
