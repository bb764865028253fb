import { Webhook as Verifier } from "standardwebhooks";
import { markReachable, markUnreachable } from "#domains/machines/machine-health.ts";
import { usualSending } from "#domains/webhooks/send-due.ts";
import { startWebhooks } from "#domains/webhooks/webhooks.worker.ts";
import { encodeId } from "#graphql/ids.ts";
import type { WebhookEvent } from "#platform/db/generated/enums.ts";
import { type QueueStudio, startQueueStudio } from "#test/queue-studio.ts";
import { ok, type Received, startReceiver } from "#test/webhook-receiver.ts";

let studio: QueueStudio;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeEach(async () => {
  receiver = await startReceiver();
  studio = await startQueueStudio({
    config: {
      webhooks: { allowPrivate: true, webUrl: "https://studio.example" },
      // Machines are asked once, and stay as a test says.
      worker: { healthIntervalMs: 600_000 },
    },
  });
});
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function add(...events: WebhookEvent[]): Promise<{ id: string; secret: string }> {
  const { createWebhook } = await studio.execute(
    `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) {
       ... on CreateWebhookPayload { secret webhook { id } } ... on Error { message } } }`,
    { input: { name: "Pipeline", url: receiver.url, events } },
  );
  return { id: createWebhook.webhook.id, secret: createWebhook.secret };
}
const asDelivered = async (count = 1) =>
  studio.until(`${count} delivered`, async () => {
    return (await studio.deps.db.prisma.webhookDelivery.count({ where: { status: "DELIVERED" } })) === count;
  });
const verified = (secret: string, { body, headers }: Received): any =>
  new Verifier(secret).verify(body, headers as Record<string, string>);
const dbId = (globalId: string) => Buffer.from(globalId, "base64").toString().split(":")[1] as string;

test("the end of a job arrives, signed, with names, counts and a link, and is on record", async () => {
  const { secret } = await add("JOB_ENDED");
  const jobId = await studio.submit({ name: "Lanterns" });
  const [request] = await receiver.until(1);
  const id = encodeId("Job", jobId);
  expect(verified(secret, request as Received)).toMatchObject({
    type: "job.ended",
    version: 1,
    data: {
      job: {
        id,
        name: "Lanterns",
        status: "SUCCEEDED",
        runs: { total: 1, succeeded: 1, failed: 0, canceled: 0 },
        url: `https://studio.example/jobs/${encodeURIComponent(id)}`,
      },
    },
  });
  await asDelivered();
  const { webhookDeliveries } = await studio.execute(
    `{ webhookDeliveries(status: DELIVERED) { totalCount nodes { messageId event attempts responseStatus responseBody } } }`,
  );
  expect(webhookDeliveries).toMatchObject({
    totalCount: 1,
    nodes: [
      {
        messageId: request?.headers["webhook-id"],
        event: "JOB_ENDED",
        attempts: 1,
        responseStatus: 200,
        responseBody: "thanks",
      },
    ],
  });
});

test("what failed is sent again under one id until it arrives", async () => {
  await studio.app[Symbol.asyncDispose]();
  const second = await startQueueStudio({ beside: studio, roles: { api: true } });
  try {
    let failures = 2;
    receiver.answer((response) => (failures-- > 0 ? response.writeHead(503).end() : ok(response)));
    const { id } = await second.deps.db.prisma.webhook.create({
      data: {
        name: "Pipeline",
        url: receiver.url,
        events: ["JOB_ENDED"],
        secret: "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0",
        createdById: studio.admin.userId,
        deliveries: { create: { event: "JOB_ENDED", eventId: studio.admin.userId, payload: "{}" } },
      },
    });
    const asked: number[] = [];
    await using _worker = await startWebhooks(second.deps, {
      ...usualSending,
      retryDelayMs: (attempts) => asked.push(attempts),
    });
    const requests = await receiver.until(3);
    expect(new Set(requests.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(asked).toEqual([1, 2]);
    await second.until("a success", async () => {
      const webhook = await second.deps.db.prisma.webhook.findUniqueOrThrow({ where: { id } });
      return webhook.failureStreak === 0 && webhook.failingSince === null;
    });
    const figures = (await second.deps.metrics.metrics()).split("\n");
    expect(figures).toContain('callsheet_webhook_attempts_total{outcome="retried"} 2');
    expect(figures).toContain('callsheet_webhook_attempts_total{outcome="delivered"} 1');
    expect(figures).toContain("callsheet_webhook_attempt_seconds_count 3");
  } finally {
    await second.app[Symbol.asyncDispose]();
  }
});

test("what happened while no process ran, and what one had in hand when it died, is sent by the next", async () => {
  const { id } = await add("JOB_ENDED");
  const jobId = await studio.submit();
  await receiver.until(1);
  await asDelivered();
  await studio.app[Symbol.asyncDispose]();
  const second = await startQueueStudio({ beside: studio, roles: { api: true } });
  try {
    const { prisma } = second.deps.db;
    // It ended again, and nobody was there to hear it.
    await second.deps.db.pool.query(`UPDATE job SET finished_at = now() WHERE id = $1`, [jobId]);
    const lost = { webhookId: dbId(id), event: "JOB_ENDED" as const, eventId: jobId, payload: "{}" };
    await prisma.webhookDelivery.create({ data: { ...lost, attempts: 1, leasedUntil: new Date(Date.now() + 100) } });
    await using _worker = await startWebhooks(second.deps);
    const requests = await receiver.until(3);
    expect(
      requests
        .slice(1)
        .map(({ body }) => JSON.parse(body).type ?? "lost")
        .toSorted(),
    ).toEqual(["job.ended", "lost"]);
  } finally {
    await second.app[Symbol.asyncDispose]();
  }
});

test("a receiver that is gone disables its webhook; enabled again, a replay has the old id and body", async () => {
  const { id } = await add("JOB_ENDED");
  receiver.answer((response) => response.writeHead(410).end());
  await studio.submit();
  await studio.until("it is disabled", async () => {
    const webhook = await studio.deps.db.prisma.webhook.findUniqueOrThrow({ where: { id: dbId(id) } });
    return !webhook.isEnabled && webhook.disabledReason?.includes("410") === true;
  });
  const { webhookDeliveries } = await studio.execute(`{ webhookDeliveries(status: FAILED) { nodes { id } } }`);
  const replay = () =>
    studio.execute(
      `mutation ($id: ID!) { replayWebhookDelivery(input: { id: $id }) { __typename ... on Error { code } } }`,
      { id: webhookDeliveries.nodes[0].id },
    );
  expect((await replay()).replayWebhookDelivery).toMatchObject({ code: "WEBHOOK_DISABLED" });
  receiver.answer(ok);
  await studio.execute(`mutation ($id: ID!) { updateWebhook(input: { id: $id, isEnabled: true }) { __typename } }`, {
    id,
  });
  await replay();
  const [first, again] = await receiver.until(2);
  expect(again?.body).toBe(first?.body);
  expect(again?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
});

test("after a change of the secret both sign, and no answer of the API holds either", async () => {
  const { id, secret } = await add("JOB_ENDED");
  const { rotateWebhookSecret } = await studio.execute(
    `mutation ($id: ID!) { rotateWebhookSecret(input: { id: $id }) { ... on RotateWebhookSecretPayload { secret } } }`,
    { id },
  );
  const { testWebhook } = await studio.execute(
    `mutation ($id: ID!) { testWebhook(input: { id: $id }) { ... on TestWebhookPayload { answer { status body error } } } }`,
    { id },
  );
  expect(testWebhook.answer).toEqual({ status: 200, body: "thanks", error: null });
  const [request] = await receiver.until(1);
  for (const each of [secret, rotateWebhookSecret.secret])
    expect(verified(each, request as Received)).toMatchObject({ type: "ping", data: { webhook: { id } } });
  expect(() => verified("whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0", request as Received)).toThrow();
});

test("a machine that goes away and comes back is told of", async () => {
  const { deps } = studio;
  await add("MACHINE_UNREACHABLE", "MACHINE_REACHABLE");
  const { id } = await deps.db.prisma.machine.findFirstOrThrow();
  const isRead = { id, definitionsAt: { not: null } };
  await studio.until("it is read", async () => (await deps.db.prisma.machine.count({ where: isRead })) === 1);
  await markUnreachable(deps, id, "It hung up");
  const [away] = await receiver.until(1);
  expect(JSON.parse(away?.body ?? "")).toMatchObject({
    type: "machine.unreachable",
    data: { machine: { error: "It hung up" } },
  });
  await markReachable(deps, id);
  const [, back] = await receiver.until(2);
  const machine = { id: encodeId("Machine", id), isReachable: true };
  expect(JSON.parse(back?.body ?? "")).toMatchObject({ type: "machine.reachable", data: { machine } });
});
