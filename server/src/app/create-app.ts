import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "#app/config.ts";
import type { Deps } from "#app/deps.ts";
import { openStorage } from "#app/open-storage.ts";
import { type ApiServer, createApiServer } from "#app/server.ts";
import { ensureLocalUser } from "#domains/accounts/local-user.ts";
import { reopenDryRun, settleDryRun, settleForgottenDryRuns } from "#domains/queue/dry-run/settle-dry-run.ts";
import { moveProcessedInputs } from "#domains/queue/move-processed.ts";
import { createRunLog } from "#domains/queue/run-log.ts";
import { registerQueueMetrics } from "#domains/queue/queue-metrics.ts";
import { createRunMetrics } from "#domains/queue/run-metrics.ts";
import { createRunQueue } from "#domains/queue/run-queue.ts";
import { startRunWorker } from "#domains/queue/worker/run-worker.ts";
import { startCleanupSchedule } from "#domains/retention/cleanup.worker.ts";
import { takeJobEnded, takeJobReopened } from "#domains/takes/segments/job-events.service.ts";
import { createTakeDriver } from "#domains/takes/segments/take-driver.ts";
import { type DbOptions, openDb } from "#platform/db/client.ts";
import { openEventBus } from "#platform/events/event-bus.ts";
import { createLog } from "#platform/log/log.ts";
import { openMedia } from "#platform/media/media.ts";
import { createMetrics } from "#platform/metrics/process-metrics.ts";
import { openQueueBackend } from "#platform/queue/queue-backend.ts";
import { createSignedUrls } from "#platform/storage/signed-urls.ts";

export interface App extends AsyncDisposable {
  deps: Deps;
  /** Present when the app has the role api. */
  api: ApiServer | undefined;
  workerId: string | undefined;
}

export interface AppOptions {
  /** The database, migrated already. */
  databaseUrl: string;
  roles: { api: boolean; worker: boolean };
  onStatement?: DbOptions["onStatement"];
}

/**
 * The composition root: opens what the roles need, in order, and closes it in reverse. Nothing else makes these parts.
 * When a later part fails to open, the earlier ones are closed again.
 */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const log = createLog(config.logLevel);
  const closing: (() => Promise<unknown>)[] = [];
  const own = <Part extends AsyncDisposable>(part: Part): Part => {
    closing.push(async () => part[Symbol.asyncDispose]());
    return part;
  };
  const dispose = async (): Promise<void> => {
    for (const close of closing.toReversed()) {
      await close().catch((error: unknown) => log.warn({ err: error }, "closing"));
    }
    closing.length = 0;
  };
  try {
    const db = own(
      openDb({
        url: options.databaseUrl,
        onError: (error) => log.warn({ err: error }, "database connection"),
        ...(options.onStatement ? { onStatement: options.onStatement } : {}),
      }),
    );
    const queueBackend = own(
      openQueueBackend({
        databaseUrl: options.databaseUrl,
        redisUrl: config.redisUrl,
        redisPrefix: config.redisPrefix,
      }),
    );
    const bus = own(await openEventBus(queueBackend, log));
    const storage = own(await openStorage(config));
    const media = own(openMedia());
    const signedUrls = createSignedUrls(await readSecret(config));
    const runLog = own(createRunLog({ db, bus, log }));
    const runQueue = createRunQueue({ db, bus, log, queueBackend, runLog });
    closing.push(() => runQueue.close());
    const { registry: metrics, [Symbol.dispose]: stopMeasuring } = createMetrics(db);
    closing.push(async () => stopMeasuring());
    const runMetrics = createRunMetrics(metrics);
    const takeDriver = own(createTakeDriver({ config, db, storage, bus, runQueue, runLog, log, media }));
    const deps: Deps = {
      config,
      log,
      db,
      bus,
      queueBackend,
      runQueue,
      runLog,
      runMetrics,
      metrics,
      takeDriver,
      storage,
      media,
      signedUrls,
    };
    runQueue.onJobEnded((jobId) => takeJobEnded(deps, jobId));
    runQueue.onJobEnded((jobId) => moveProcessedInputs(deps, jobId));
    runQueue.onJobReopened((jobId) => takeJobReopened(deps, jobId));
    runQueue.onJobEnded((jobId) => settleDryRun(deps, jobId));
    runQueue.onJobReopened((jobId) => reopenDryRun(deps, jobId));
    const localUser = await ensureLocalUser(deps);
    if (options.roles.worker) await takeDriver.watch();
    if (options.roles.worker) await settleForgottenDryRuns(deps);
    // The database's figures are the same in every process; one that serves people tells them.
    if (options.roles.api) registerQueueMetrics(metrics, deps);
    const worker = options.roles.worker ? own(await startRunWorker(deps)) : undefined;
    if (options.roles.worker) own(await startCleanupSchedule(deps));
    const api = options.roles.api ? own(await createApiServer(deps, () => Promise.resolve(localUser))) : undefined;
    return { deps, api, workerId: worker?.id, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The signing secret: configured, or made once and kept beside the state. */
async function readSecret(config: Config): Promise<string> {
  if (config.secret) return config.secret;
  const file = join(config.stateDir, "secret");
  const known = await readFile(file, "utf8").catch(() => undefined);
  if (known) return known;
  const secret = randomBytes(32).toString("base64url");
  await mkdir(config.stateDir, { recursive: true });
  await writeFile(file, secret, { mode: 0o600, flag: "wx" }).catch(async () => undefined);
  return readFile(file, "utf8");
}
