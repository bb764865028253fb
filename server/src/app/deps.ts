import type { Registry } from "prom-client";
import type { Config } from "#app/config.ts";
import type { Auth } from "#domains/accounts/auth/create-auth.ts";
import type { OperationMetrics } from "#graphql/operation-metrics.ts";
import type { WebhookMetrics } from "#domains/webhooks/webhook-metrics.ts";
import type { RateLimits } from "#platform/limits/rate-limits.ts";
import type { Db } from "#platform/db/client.ts";
import type { EventBus } from "#platform/events/event-bus.ts";
import type { Llm } from "#platform/llm/llm.ts";
import type { Log } from "#platform/log/log.ts";
import type { Media } from "#platform/media/media.ts";
import type { QueueBackend } from "#platform/queue/queue-backend.ts";
import type { SignedUrls } from "#platform/storage/signed-urls.ts";
import type { Storage } from "#platform/storage/storage.ts";
import type { Driver } from "#platform/work/driver.ts";
import type { AutoPromptQueue } from "#domains/autoprompt/auto-prompt-queue.ts";
import type { RunLog } from "#domains/queue/run-log.ts";
import type { RunMetrics } from "#domains/queue/run-metrics.ts";
import type { StoryRelevance } from "#domains/stories/relevance/story-relevance.ts";
import type { RunQueue } from "#domains/queue/run-queue.ts";
import type { TranslationQueue } from "#domains/works/translation-queue.ts";

/** The parts that services work with. Each service names those that it needs: `Pick<Deps, "db" | "bus">`. */
export interface Deps {
  config: Config;
  log: Log;
  db: Db;
  bus: EventBus;
  queueBackend: QueueBackend;
  runQueue: RunQueue;
  runLog: RunLog;
  runMetrics: RunMetrics;
  operationMetrics: OperationMetrics;
  webhookMetrics: WebhookMetrics;
  /** What viewers may ask for within a while. */
  rateLimits: RateLimits;
  /** What /metrics tells. */
  metrics: Registry;
  takeDriver: Driver;
  /** Brings forward the pictures that were asked for, for assets of scenes. */
  pictureDriver: Driver;
  /** Says which assets a scene needs. */
  storyRelevance: StoryRelevance;
  /** Brings executions forward. */
  executionDriver: Driver;
  storage: Storage;
  media: Media;
  llm: Llm;
  autoPromptQueue: AutoPromptQueue;
  translationQueue: TranslationQueue;
  signedUrls: SignedUrls;
  /** Sessions of people who sign in; undefined in local mode. */
  auth: Auth | undefined;
}
