import { webhookLoader, WebhookEventType, WebhookType } from "#domains/webhooks/webhooks.graphql.ts";
import { replayDelivery, testWebhook } from "#domains/webhooks/deliveries.service.ts";
import type { Answer } from "#domains/webhooks/post-webhook.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { decodeId, requireId } from "#graphql/ids.ts";
import { byId, defineLoader, expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { WebhookDelivery } from "#platform/db/generated/client.ts";
import { WebhookDeliveryStatus } from "#platform/db/generated/enums.ts";

const StatusType = builder.enumType(WebhookDeliveryStatus, {
  name: "WebhookDeliveryStatus",
  description: "Where a delivery stands.",
  values: {
    PENDING: { description: "Is sent, now or at its next attempt." },
    DELIVERED: { description: "The receiver said that it has it." },
    FAILED: { description: "All attempts failed; it can be replayed." },
  },
});

const deliveryLoader = defineLoader<WebhookDelivery>(async ({ deps, viewer }, ids) =>
  viewer?.role === "ADMIN"
    ? byId(await deps.db.prisma.webhookDelivery.findMany({ where: { id: { in: [...ids] } } }))
    : new Map(),
);

const DeliveryType = builder.objectRef<WebhookDelivery>("WebhookDelivery");
builder.node(DeliveryType, {
  description: "One event for one webhook, and what became of it. Kept for 30 days.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => deliveryLoader(context).load(id),
  fields: (t) => ({
    webhook: t.field({
      type: WebhookType,
      description: "Which webhook.",
      resolve: async ({ webhookId }, _args, context) =>
        expectLoaded(await webhookLoader(context).load(webhookId), "webhook"),
    }),
    messageId: t.exposeString("id", {
      description: "What the receiver gets as `webhook-id`, the same at every attempt and replay.",
    }),
    event: t.field({ type: WebhookEventType, description: "What happened.", resolve: ({ event }) => event }),
    payload: t.exposeString("payload", { description: "The body, as it is sent." }),
    status: t.field({ type: StatusType, description: "Where it stands.", resolve: ({ status }) => status }),
    attempts: t.exposeInt("attempts", { description: "How often it was sent, since the last replay." }),
    nextAttemptAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it is sent next; null for one that is over.",
      resolve: ({ status, nextAttemptAt }) => (status === "PENDING" ? nextAttemptAt : null),
    }),
    lastAttemptAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was last sent.",
      resolve: ({ lastAttemptAt }) => lastAttemptAt,
    }),
    durationMs: t.exposeInt("durationMs", { nullable: true, description: "How long the last attempt took." }),
    responseStatus: t.exposeInt("responseStatus", { nullable: true, description: "What HTTP status came back last." }),
    responseBody: t.exposeString("responseBody", { nullable: true, description: "The first KiB of what came back." }),
    error: t.exposeString("error", { nullable: true, description: "Why the last attempt failed, when it did." }),
    createdAt: t.field({ type: "DateTime", description: "When it was noted.", resolve: ({ createdAt }) => createdAt }),
  }),
});

builder.queryField("webhookDeliveries", (t) =>
  t.connection(
    {
      type: DeliveryType,
      description: "What was sent or is to be sent, the latest first.",
      authScopes: { admin: true },
      args: {
        webhookId: t.arg.id({ description: "Only those of this webhook." }),
        status: t.arg({ type: StatusType, description: "Only those that stand so." }),
      },
      resolve: (_root, args, { deps }) => {
        const id = args.webhookId == null ? undefined : decodeId("Webhook", args.webhookId);
        const where = {
          ...(id === undefined ? {} : id === null ? { id: { in: [] } } : { webhookId: id }),
          ...(args.status ? { status: args.status } : {}),
        };
        return idConnection(
          args,
          ({ where: place, ...page }) =>
            deps.db.prisma.webhookDelivery.findMany({ ...page, where: { AND: [where, place] } }),
          () => deps.db.prisma.webhookDelivery.count({ where }),
        );
      },
    },
    { name: "WebhookDeliveryConnection", description: "A page of deliveries." },
    { name: "WebhookDeliveryEdge", description: "A delivery with its cursor." },
  ),
);

const AnswerType = builder.objectRef<Answer>("WebhookAnswer").implement({
  description: "What a receiver answered.",
  fields: (t) => ({
    status: t.exposeInt("status", { nullable: true, description: "HTTP status; null when nothing came back." }),
    body: t.exposeString("body", { nullable: true, description: "The first KiB of what came back." }),
    error: t.exposeString("error", { nullable: true, description: "Why it did not arrive; null when it did." }),
    durationMs: t.exposeInt("durationMs", { description: "How long it took." }),
  }),
});

mutation("testWebhook", {
  description: "Sends a signed `ping` to a webhook now, also to one that is disabled, and answers with what came back.",
  role: "admin",
  input: builder.inputType("TestWebhookInput", {
    description: "Which webhook.",
    fields: (t) => ({ id: t.id({ required: true, description: "The webhook's id." }) }),
  }),
  payload: payloadOf("TestWebhookPayload", "answer", AnswerType, "What the receiver answered."),
  resolve: async (input, { deps }) => ({ answer: await testWebhook(deps, requireId("Webhook", input.id)) }),
});

mutation("replayWebhookDelivery", {
  description: "Sends a delivery again, with its id and body as they were, whether or not it arrived.",
  role: "admin",
  input: builder.inputType("ReplayWebhookDeliveryInput", {
    description: "Which delivery.",
    fields: (t) => ({ id: t.id({ required: true, description: "The delivery's id." }) }),
  }),
  payload: payloadOf("ReplayWebhookDeliveryPayload", "delivery", DeliveryType, "The delivery, which waits again."),
  resolve: async (input, { deps }) => ({
    delivery: await replayDelivery(deps, requireId("WebhookDelivery", input.id)),
  }),
});
