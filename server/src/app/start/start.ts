import { createApp } from "#app/create-app.ts";
import { type Config, readConfig } from "#app/config.ts";
import { openDatabase } from "#app/start/database.ts";
import { findLanguageModel } from "#app/start/language-model.ts";
import { announceFirstAdmin } from "#app/start/first-admin.ts";
import { type Lifetime, stopped } from "#app/start/lifetime.ts";
import { registerMachines, simulatorPorts, startSimulators } from "#app/start/machines.ts";
import { checkPorts } from "#app/start/ports.ts";
import { seedDemoStudio } from "#app/start/seed-demo.ts";
import { openToNetwork } from "#app/start/services.ts";
import { lockState } from "#app/start/state-lock.ts";
import { applyStartMode } from "#app/start/start-mode.ts";
import { summary } from "#app/start/summary.ts";
import { startWebClient } from "#app/start/web-client.ts";
import { CloseStack } from "#lib/close-stack.ts";

type Environment = Record<string, string | undefined>;

/** In a terminal only what matters is shown; services log more. */
export function readStartConfig(env: Environment): Config {
  return readConfig({ ...env, CALLSHEET_LOG_LEVEL: env["CALLSHEET_LOG_LEVEL"] || "warn" });
}

/** Everything that can be wrong before anything runs. @throws ConfigError, StartError */
export async function preflight(config: Config): Promise<void> {
  await checkPorts(
    [
      { purpose: "API", port: config.port, variable: "PORT" },
      ...(servesWeb(config) ? [{ purpose: "web client", port: config.webPort, variable: "WEB_PORT" }] : []),
      ...simulatorPorts(config).map((port) => ({ purpose: "simulator", port, variable: "CALLSHEET_SIMULATOR_PORT" })),
    ],
    config.host,
  );
}

/**
 * The whole product in this process: database, simulators, API and worker, and the web client in a child process. Ends
 * in reverse order when `stop` says so.
 */
export async function startProduct(env: Environment, { stop, onForce }: Lifetime): Promise<void> {
  const say = (line: string): void => console.error(line);
  const config = readStartConfig(env);
  await using closing = new CloseStack();
  closing.use(await lockState(config.stateDir, `process ${process.pid}, http://localhost:${config.webPort}`));
  await preflight(config);
  stop.throwIfAborted();

  const database = await openDatabase(config, closing, say);
  if (database.embedded) onForce(database.embedded.kill);
  stop.throwIfAborted();
  const simulators = await startSimulators(config, closing);
  const llm = await findLanguageModel(config, closing);
  const app = closing.use(
    await createApp({ ...config, llm }, { databaseUrl: database.url, roles: { api: true, worker: true } }),
  );
  await applyStartMode(app.deps);
  await registerMachines(app.deps, simulators);
  await seedDemoStudio(app.deps);
  stop.throwIfAborted();
  await app.api?.listen(config.port, config.host);
  if (servesWeb(config)) {
    const web = closing.use(await startWebClient(config, say));
    onForce(web.kill);
  }
  stop.throwIfAborted();

  const machines = await app.deps.db.prisma.machine.findMany({ orderBy: { createdAt: "asc" } });
  console.log(summary({ ...config, llm }, machines));
  await announceFirstAdmin(app.deps);
  if (config.isOpenToNetwork) say(openToNetwork(config));
  await stopped(stop);
}

/** In development `npm run dev` runs Next's own server, which outlives our restarts. */
function servesWeb(config: Config): boolean {
  return config.environment !== "development";
}
