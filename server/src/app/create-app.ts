import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "#app/config.ts";
import type { Deps } from "#app/deps.ts";
import { openStorage } from "#app/open-storage.ts";
import { secretsOf } from "#app/secrets-of.ts";
import { version } from "#app/version.ts";
import { whoAsks } from "#app/who-asks.ts";
import { type ApiServer, createApiServer } from "#app/server.ts";
import { createAutoPromptQueue } from "#domains/autoprompt/auto-prompt-queue.ts";
import { startAutoPromptWorker } from "#domains/autoprompt/auto-prompt.worker.ts";
import { createAuth } from "#domains/accounts/auth/create-auth.ts";
import { reopenDryRun, settleDryRun, settleForgottenDryRuns } from "#domains/queue/dry-run/settle-dry-run.ts";
import { moveProcessedInputs } from "#domains/queue/move-processed.ts";
import { createRunLog } from "#domains/queue/run-log.ts";
import { registerQueueMetrics } from "#domains/queue/queue-metrics.ts";
import { createRunMetrics } from "#domains/queue/run-metrics.ts";
import { createRunQueue } from "#domains/queue/run-queue.ts";
import { startRunWorker } from "#domains/queue/worker/run-worker.ts";
import { startCleanupSchedule } from "#domains/retention/cleanup.worker.ts";
import { createPictureDriver } from "#domains/stories/pictures/picture-driver.ts";
import { pictureJobEnded, pictureJobReopened } from "#domains/stories/pictures/picture-jobs.service.ts";
import { modelRelevance } from "#domains/stories/relevance/ask-model.ts";
import { createExecutionDriver } from "#domains/stories/executions/execution-driver.ts";
import { executionJobEnded, executionJobReopened } from "#domains/stories/executions/job-events.service.ts";
import { takeJobEnded, takeJobReopened } from "#domains/takes/segments/job-events.service.ts";
import { createTakeDriver } from "#domains/takes/segments/take-driver.ts";
import { startWebhooks } from "#domains/webhooks/webhooks.worker.ts";
import { createTranslationQueue } from "#domains/works/translation-queue.ts";
import { startTranslationWorker } from "#domains/works/translation.worker.ts";
import { createOperationMetrics } from "#graphql/operation-metrics.ts";
import { createWebhookMetrics } from "#domains/webhooks/webhook-metrics.ts";
import { createRateLimits } from "#platform/limits/rate-limits.ts";
import { measured } from "#platform/llm/llm-metrics.ts";
import { type DbOptions, openDb } from "#platform/db/client.ts";
import { openEventBus } from "#platform/events/event-bus.ts";
import { createAnswerCache } from "#platform/llm/answer-cache.ts";
import { openLlm } from "#platform/llm/gateway.ts";
import { createLog, type LogOptions } from "#platform/log/log.ts";
import { openMedia } from "#platform/media/media.ts";
import { createMetrics } from "#platform/metrics/process-metrics.ts";
import { openQueueBackend } from "#platform/queue/queue-backend.ts";
import { startTracing } from "#platform/tracing/start-tracing.ts";
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
  /** Where lines of the log go; stderr unless said. */
  logTo?: LogOptions["to"];
}

/**
 * The composition root: opens what the roles need, in order, and closes it in reverse. Nothing else makes these parts.
 * When a later part fails to open, the earlier ones are closed again.
 */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const log = createLog({
    level: config.logLevel,
    secrets: secretsOf({ ...config, databaseUrl: options.databaseUrl }),
    showsPrompts: config.logPrompts,
    to: options.logTo,
  });
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
    const tracing = config.tracing && own(await startTracing({ ...config.tracing, version }));
    const queueBackend = own(
      await openQueueBackend({
        databaseUrl: options.databaseUrl,
        redisUrl: config.redisUrl,
        redisPrefix: config.redisPrefix,
        telemetry: tracing?.telemetry,
      }),
    );
    const bus = own(await openEventBus(queueBackend, log));
    const storage = own(await openStorage(config));
    const media = own(openMedia());
    const secret = await readSecret(config);
    const signedUrls = createSignedUrls(secret);
    const auth = config.auth.mode === "password" ? createAuth({ config, db, log }, secret) : undefined;
    const runLog = own(createRunLog({ db, bus, log }));
    const runQueue = createRunQueue({ db, bus, log, queueBackend, runLog });
    closing.push(() => runQueue.close());
    const { registry: metrics, [Symbol.dispose]: stopMeasuring } = createMetrics(db);
    closing.push(async () => stopMeasuring());
    const runMetrics = createRunMetrics(metrics);
    const operationMetrics = createOperationMetrics(metrics);
    const webhookMetrics = createWebhookMetrics(metrics);
    const rateLimits = own(
      createRateLimits(config.limits, {
        redis: queueBackend.redis,
        onError: (error) => log.warn({ err: error }, "limits are counted by each process for itself"),
      }),
    );
    const llm = measured(openLlm(config.llm, createAnswerCache(db)), metrics);
    const driven = { config, db, storage, bus, runQueue, runLog, log, media };
    const takeDriver = own(createTakeDriver(driven));
    const pictureDriver = own(createPictureDriver(driven));
    const executionDriver = own(createExecutionDriver(driven));
    const autoPromptQueue = own(createAutoPromptQueue({ queueBackend, log }));
    const translationQueue = own(createTranslationQueue({ queueBackend, log }));
    const deps: Deps = {
      config,
      log,
      db,
      bus,
      queueBackend,
      runQueue,
      runLog,
      runMetrics,
      operationMetrics,
      webhookMetrics,
      rateLimits,
      metrics,
      takeDriver,
      pictureDriver,
      storyRelevance: modelRelevance(llm),
      executionDriver,
      storage,
      media,
      llm,
      autoPromptQueue,
      translationQueue,
      signedUrls,
      auth,
    };
    runQueue.onJobEnded((jobId) => takeJobEnded(deps, jobId));
    runQueue.onJobEnded((jobId) => moveProcessedInputs(deps, jobId));
    runQueue.onJobReopened((jobId) => takeJobReopened(deps, jobId));
    runQueue.onJobEnded((jobId) => pictureJobEnded(deps, jobId));
    runQueue.onJobReopened((jobId) => pictureJobReopened(deps, jobId));
    runQueue.onJobEnded((jobId) => executionJobEnded(deps, jobId));
    runQueue.onJobReopened((jobId) => executionJobReopened(deps, jobId));
    runQueue.onJobEnded((jobId) => settleDryRun(deps, jobId));
    runQueue.onJobReopened((jobId) => reopenDryRun(deps, jobId));
    if (options.roles.worker) await takeDriver.watch();
    if (options.roles.worker) await pictureDriver.watch();
    if (options.roles.worker) await executionDriver.watch();
    if (options.roles.worker) await settleForgottenDryRuns(deps);
    // The database's figures are the same in every process; one that serves people tells them.
    if (options.roles.api) registerQueueMetrics(metrics, deps);
    const worker = options.roles.worker ? own(await startRunWorker(deps)) : undefined;
    if (options.roles.worker) own(await startCleanupSchedule(deps));
    if (options.roles.worker) own(await startAutoPromptWorker(deps));
    if (options.roles.worker) own(await startTranslationWorker(deps));
    if (options.roles.worker) own(await startWebhooks(deps));
    const api = options.roles.api ? own(await createApiServer(deps, await whoAsks(deps))) : undefined;
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
