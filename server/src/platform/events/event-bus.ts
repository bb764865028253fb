import { EventEmitter } from "node:events";
import { randomUUID } from "node:crypto";
import { within } from "#lib/within.ts";
import type { Log } from "#platform/log/log.ts";
import type { QueueBackend } from "#platform/queue/queue-backend.ts";
import { detached } from "#platform/work/scope.ts";

/** Names of topics and what travels on them: ids only, receivers read the truth from the database. */
export interface BusEvents {
  /** A job or one of its runs changed. */
  "job.changed": { jobId: string };
  /** A take or one of its segments changed. */
  "take.changed": { takeId: string };
  /** Scenes, assets or anything else of a branch changed. */
  "branch.changed": { branchId: string };
  /** An execution, one of its parts or its film changed. */
  "execution.changed": { executionId: string };
  /** A dry run of one of a workflow's versions began or ended. */
  "dryRun.changed": { workflowId: string };
  /** Prompts that a model writes came further, or were canceled. */
  "autoPrompt.changed": { autoPromptId: string };
  /** A translation of one of a work's chapters came further, or was canceled. */
  "translation.changed": { translationId: string; workId: string };
  /** What a person may do or see changed, or a session or key of the person ended. */
  "access.changed": { userId: string };
  /** Machines, pauses or workers changed. */
  "system.changed": { reason: string };
  /** A webhook was changed, or has something to send again. */
  "webhook.changed": { webhookId: string };
  /** A webhook has another delivery, or one of its deliveries was sent. */
  "delivery.changed": { webhookId: string };
  /** Lines were added to the logs of these runs. */
  "runs.logged": { runIds: string[] };
  /** A run that a worker may be following shall stop. */
  "run.cancel": { runId: string };
}
export type Topic = keyof BusEvents;

/**
 * Publish/subscribe between processes. Delivery inside the process is immediate; other processes hear through BullMQ's
 * relay. Events are hints: a lost one delays, it never loses truth.
 */
export interface EventBus extends AsyncDisposable {
  publish<T extends Topic>(topic: T, data: BusEvents[T]): void;
  subscribe<T extends Topic>(topic: T, listener: (data: BusEvents[T]) => void): () => void;
  /**
   * What was published within the last seconds, each once: whoever has just read the truth, listens, and then looks here
   * misses nothing between the two.
   */
  recent<T extends Topic>(topic: T): BusEvents[T][];
  /** Resolves when what was published so far has left this process. */
  flush(): Promise<void>;
}

/** How long changes are gathered before they leave the process, in ms. */
const gatherMs = 30;

/** What counts as recent, in ms: a slow page's way from reading to listening. */
const recentMs = 5_000;

/** How long closing waits for a store that may be away, in ms. */
const closeMs = 2_000;

export async function openEventBus(backend: QueueBackend, log: Log): Promise<EventBus> {
  const origin = randomUUID();
  const local = new EventEmitter();
  local.setMaxListeners(0);
  const recent = createRecent();
  const emit = (topic: Topic, data: object): void => {
    recent.add(topic, data);
    local.emit(topic, data);
  };
  const relay = backend.relay({ namespace: "callsheet", blockTimeout: 2_000 });
  relay.on("error", (error: Error) => log.warn({ err: error }, "event relay"));
  const subscription = await relay.subscribe<{ origin: string; data: object }>(">", ({ topic, data }) => {
    if (data.origin !== origin) emit(topic as Topic, data.data);
  });

  // Listeners here hear at once. Many changes of one job within a moment leave as one message: receivers re-read anyway.
  const waiting = new Map<string, { topic: Topic; data: unknown }>();
  let sending: Promise<void> | undefined;
  const send = async (): Promise<void> => {
    while (waiting.size > 0) {
      const batch = [...waiting.values()];
      waiting.clear();
      await Promise.all(
        batch.map(({ topic, data }) =>
          relay
            .publish(topic, { origin, data })
            .catch((error: unknown) => log.warn({ err: error, topic }, "event lost")),
        ),
      );
    }
    sending = undefined;
  };

  return {
    publish: (topic, data) =>
      // Whoever hears of it works for itself.
      detached(() => {
        emit(topic, data);
        waiting.set(keyOf(topic, data), { topic, data });
        sending ??= new Promise((resolve) => setTimeout(resolve, gatherMs)).then(send);
      }),
    recent: recent.of,
    subscribe: (topic, listener) => {
      local.on(topic, listener);
      return () => void local.off(topic, listener);
    },
    flush: async () => {
      await sending;
    },
    [Symbol.asyncDispose]: async () => {
      await within(closeMs, sending ?? Promise.resolve());
      await within(
        closeMs,
        subscription
          .unsubscribe()
          .catch(() => undefined)
          .then(() => relay.close()),
      );
    },
  };
}

const keyOf = (topic: Topic, data: object): string => `${topic} ${Object.values(data).join(" ")}`;

/** What was published lately, each once, at its last time. */
function createRecent() {
  const times = new Map<string, { topic: Topic; data: object; at: number }>();
  const prune = (now: number): void => {
    for (const [key, { at }] of times) {
      if (at > now - recentMs) return;
      times.delete(key);
    }
  };
  return {
    add: (topic: Topic, data: object): void => {
      const now = performance.now();
      const key = keyOf(topic, data);
      // To the end: the oldest stay in front.
      times.delete(key);
      times.set(key, { topic, data, at: now });
      prune(now);
    },
    of: <T extends Topic>(topic: T): BusEvents[T][] => {
      prune(performance.now());
      return [...times.values()].flatMap((each) => (each.topic === topic ? [each.data as BusEvents[T]] : []));
    },
  };
}
