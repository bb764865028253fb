import type { Deps } from "#app/deps.ts";
import type { Scope } from "#domains/webhooks/find-events.ts";
import { findListening, gatherEvents, type Listening } from "#domains/webhooks/gather-events.ts";
import { sendDue, type Sending, usualSending } from "#domains/webhooks/send-due.ts";
import { within } from "#lib/within.ts";
import { createDriver } from "#platform/work/driver.ts";

type WorkerDeps = Pick<Deps, "config" | "db" | "bus" | "log" | "webhookMetrics">;

/** Webhooks that one process sends for at the same time. */
const maxTurns = 8;
/** How long changes are gathered before they are looked at, in ms. */
const gatherMs = 100;
/** How often everything is looked at, for what no event told of, in ms. */
const lookMs = 60_000;
const keepMs = 30 * 24 * 3_600_000;
const closeMs = 5_000;
/** Timers can't be longer than 24 days; a look comes sooner anyhow. */
const longestTimerMs = 3_600_000;

/**
 * Tells webhooks of what happens: hears of changes, writes deliveries, and sends them. Looks at everything when it starts:
 * for what happened while no process ran.
 */
export async function startWebhooks(deps: WorkerDeps, sending: Sending = usualSending): Promise<AsyncDisposable> {
  const { bus, log } = deps;
  const timers = new Map<string, NodeJS.Timeout>();
  const driver = createDriver({
    what: "a webhook",
    log,
    maxTurns,
    restMs: lookMs,
    advance: async (id) => {
      clearTimeout(timers.get(id));
      timers.delete(id);
      const next = await sendDue(deps, sending, id);
      if (next === null || isClosed) return;
      const inMs = Math.min(Math.max(next.getTime() - sending.now().getTime(), 0), longestTimerMs);
      timers.set(id, setTimeout(() => driver.wake(id), inMs).unref());
    },
    findForgotten: () => findUnsent(deps),
  });

  let isClosed = false;
  let listening: Listening[] | undefined;
  let heard = newScope();
  let gathering: Promise<void> = Promise.resolve();
  let gatherTimer: NodeJS.Timeout | undefined;
  const gather = (scope?: Scope): Promise<void> => {
    gathering = gathering
      .then(async () => {
        if (!scope) listening = undefined;
        listening ??= await findListening(deps);
        for (const webhookId of await gatherEvents(deps, listening, scope)) {
          bus.publish("delivery.changed", { webhookId });
          driver.wake(webhookId);
        }
      })
      .catch((error: unknown) => log.error({ err: error }, "events for webhooks; they are found at the next look"));
    return gathering;
  };
  const hear = (note: (scope: ReturnType<typeof newScope>) => void): void => {
    // Most studios have none: their jobs pay nothing for it.
    if (listening?.length === 0 || isClosed) return;
    note(heard);
    gatherTimer ??= setTimeout(() => {
      gatherTimer = undefined;
      const { jobs, takes, machines } = heard;
      heard = newScope();
      void gather({ jobIds: [...jobs], takeIds: [...takes], machines });
    }, gatherMs);
  };
  const stops = [
    bus.subscribe("job.changed", ({ jobId }) => hear(({ jobs }) => jobs.add(jobId))),
    bus.subscribe("take.changed", ({ takeId }) => hear(({ takes }) => takes.add(takeId))),
    bus.subscribe("system.changed", ({ reason }) => {
      if (reason.startsWith("machine")) hear((scope) => (scope.machines = true));
    }),
    bus.subscribe("webhook.changed", ({ webhookId }) => {
      void gather();
      driver.wake(webhookId);
    }),
  ];
  const look = async (): Promise<void> => {
    await gather();
    await forgetOld(deps, sending.now()).catch((error: unknown) => log.warn({ err: error }, "old deliveries"));
    if (!isClosed) lookTimer = setTimeout(() => void look(), lookMs).unref();
  };
  let lookTimer: NodeJS.Timeout | undefined;
  await look();
  await driver.watch();
  return {
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      for (const stop of stops) stop();
      for (const timer of [lookTimer, gatherTimer, ...timers.values()]) clearTimeout(timer);
      await within(closeMs, gathering);
      await driver[Symbol.asyncDispose]();
    },
  };
}

const newScope = () => ({ jobs: new Set<string>(), takes: new Set<string>(), machines: false });

async function findUnsent({ db }: Pick<Deps, "db">): Promise<string[]> {
  const unsent = { isEnabled: true, deliveries: { some: { status: "PENDING" as const } } };
  return (await db.prisma.webhook.findMany({ where: unsent, select: { id: true } })).map(({ id }) => id);
}

async function forgetOld({ db }: Pick<Deps, "db">, now: Date): Promise<void> {
  await db.prisma.webhookDelivery.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - keepMs) } } });
}
