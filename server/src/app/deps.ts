import type { Registry } from "prom-client";
import type { Config } from "#app/config.ts";
import type { Db } from "#platform/db/client.ts";
import type { EventBus } from "#platform/events/event-bus.ts";
import type { Log } from "#platform/log/log.ts";
import type { Media } from "#platform/media/media.ts";
import type { QueueBackend } from "#platform/queue/queue-backend.ts";
import type { SignedUrls } from "#platform/storage/signed-urls.ts";
import type { Storage } from "#platform/storage/storage.ts";
import type { RunLog } from "#domains/queue/run-log.ts";
import type { RunMetrics } from "#domains/queue/run-metrics.ts";
import type { TakeDriver } from "#domains/takes/segments/take-driver.ts";
import type { RunQueue } from "#domains/queue/run-queue.ts";

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
  /** What /metrics tells. */
  metrics: Registry;
  takeDriver: TakeDriver;
  storage: Storage;
  media: Media;
  signedUrls: SignedUrls;
}
