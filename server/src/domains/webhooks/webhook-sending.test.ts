import { v7 } from "uuid";
import { type Sending, usualSending } from "#domains/webhooks/send-due.ts";
import { startWebhooks } from "#domains/webhooks/webhooks.worker.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { encodeId } from "#graphql/ids.ts";
import { startApi } from "#test/api/api-server.ts";
import { startReceiver } from "#test/webhook-receiver.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let studio: QueueStudio;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
const start = async (roles: { api?: boolean; worker?: boolean }): Promise<void> => {
  studio = await startQueueStudio({ roles, config: { webhooks: { allowPrivate: true, webUrl: undefined } } });
};
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

type Deliveries = { status?: "PENDING" | "DELIVERED" | "FAILED"; createdAt?: Date }[];

/** A webhook with deliveries. @returns its id */
async function webhookWith(deliveries: Deliveries): Promise<string> {
  const { id } = await studio.deps.db.prisma.webhook.create({
    data: {
      name: "Pipeline",
      url: receiver.url,
      events: ["JOB_ENDED"],
      secret: "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
      createdById: studio.admin.userId,
      deliveries: { create: deliveries.map((each) => ({ ...each, event: "JOB_ENDED", eventId: v7(), payload: "{}" })) },
    },
  });
  return id;
}
const webhook = (id: string) => studio.deps.db.prisma.webhook.findUniqueOrThrow({ where: { id } });

/** A clock that moves on by so much with each failure, after which the next attempt is due. */
function failuresEvery(ms: number): Sending {
  let passedMs = 0;
  return {
    ...usualSending,
    now: () => new Date(Date.now() + passedMs),
    retryDelayMs: () => {
      passedMs += ms;
      return 0;
    },
  };
}

test("a target that fails for days is disabled while it is tried, says why, and gets nothing more", async () => {
  await start({ api: true });
  receiver.answer((response) => response.writeHead(503).end());
  const id = await webhookWith([{}, {}, {}]);
  const worker = await startWebhooks(studio.deps, failuresEvery(6 * hourMs));
  await studio.until("it is disabled", async () => !(await webhook(id)).isEnabled);
  await worker[Symbol.asyncDispose]();
  const { failureStreak, disabledReason } = await webhook(id);
  expect(failureStreak).toBeGreaterThanOrEqual(20);
  expect(disabledReason).toMatch(/^2\d attempts in a row failed$/);
  // Three deliveries may be tried ten times each.
  expect(receiver.received.length).toBe(failureStreak);
  expect(failureStreak).toBeLessThan(30);
});

test("a target that fails often within two days is left as it is", async () => {
  await start({ api: true });
  receiver.answer((response) => response.writeHead(503).end());
  const id = await webhookWith([{}, {}, {}]);
  await using _worker = await startWebhooks(studio.deps, failuresEvery(hourMs));
  await studio.until(
    "all have failed",
    async () => (await studio.deps.db.prisma.webhookDelivery.count({ where: { status: "FAILED" } })) === 3,
  );
  expect(await webhook(id)).toMatchObject({ isEnabled: true, disabledReason: null, failureStreak: 30 });
});

test("deliveries are on record for thirty days", async () => {
  await start({ api: true });
  const ago = (days: number) => new Date(Date.now() - days * dayMs);
  await webhookWith([
    { status: "DELIVERED", createdAt: ago(31) },
    { status: "FAILED", createdAt: ago(31) },
    { status: "DELIVERED", createdAt: ago(29) },
  ]);
  await using _worker = await startWebhooks(studio.deps);
  const left = await studio.deps.db.prisma.webhookDelivery.findMany({ select: { createdAt: true } });
  expect(left.map(({ createdAt }) => Math.round((Date.now() - createdAt.getTime()) / dayMs))).toEqual([29]);
});

test("several workers that hear of the same send it once", async () => {
  await start({ worker: true });
  const others = await Promise.all([1, 2].map(() => startQueueStudio({ beside: studio, roles: { worker: true } })));
  try {
    const { prisma } = studio.deps.db;
    await studio.execute(`mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { __typename } }`, {
      input: { name: "Pipeline", url: receiver.url, events: ["JOB_STARTED", "JOB_ENDED", "RUN_SUCCEEDED"] },
    });
    const jobs = await Promise.all(Array.from({ length: 8 }, () => studio.submit()));
    for (const id of jobs) await studio.untilEnded(id);
    await studio.until(
      "all is delivered",
      async () => (await prisma.webhookDelivery.count({ where: { status: "DELIVERED" } })) === 24,
    );
    expect(await prisma.webhookDelivery.count()).toBe(24);
  } finally {
    for (const other of others) await other.app[Symbol.asyncDispose]();
    // Nobody is left who could send one again.
    await studio.app[Symbol.asyncDispose]();
  }
  expect(receiver.received).toHaveLength(24);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(24);
});

test("an ADMIN hears of each delivery, of what was changed, and of the end of a webhook", async () => {
  await start({ api: true });
  await using api = await startApi(studio);
  const client = await api.socket();
  client.subscribe("webhooks", "subscription { webhookUpdated { webhookId webhook { isEnabled failureStreak } } }");
  // What was sent before the answer is worked on.
  client.send({ type: "ping" });
  await client.next();
  const until = async (isSo: (webhook: { isEnabled: boolean; failureStreak: number } | null) => boolean) => {
    for (;;) {
      const { webhookId, webhook: told } = (await client.next()).payload.data.webhookUpdated;
      expect(webhookId).toBe(encodeId("Webhook", id));
      if (isSo(told)) return;
    }
  };
  receiver.answer((response) => response.writeHead(503).end());
  const id = await webhookWith([{}]);
  await using _worker = await startWebhooks(studio.deps);
  await until((told) => told?.failureStreak === 1);
  const change = (mutation: string) => studio.execute(`mutation { ${mutation} { __typename } }`);
  await change(`updateWebhook(input: { id: "${encodeId("Webhook", id)}", isEnabled: false })`);
  await until((told) => told?.isEnabled === false);
  await change(`deleteWebhook(input: { id: "${encodeId("Webhook", id)}" })`);
  await until((told) => told === null);
  await client.close();
});
