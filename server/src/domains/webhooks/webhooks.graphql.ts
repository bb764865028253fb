import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import { listWebhooks } from "#domains/webhooks/webhooks.service.ts";
import { builder } from "#graphql/builder.ts";
import { byId, defineLoader, expectLoaded } from "#graphql/loader.ts";
import type { Webhook } from "#platform/db/generated/client.ts";
import { WebhookEvent } from "#platform/db/generated/enums.ts";

export const WebhookEventType = builder.enumType(WebhookEvent, {
  name: "WebhookEvent",
  description: "What a webhook can be told of. Bodies name it in small letters with a dot, such as `job.ended`.",
  values: {
    JOB_STARTED: { description: "The first run of a job was given to a machine." },
    JOB_ENDED: { description: "All runs of a job are over: SUCCEEDED, PARTIAL, FAILED or CANCELED." },
    RUN_SUCCEEDED: { description: "A run has its outputs. There may be very many." },
    RUN_FAILED: { description: "A run failed and is not tried again by itself." },
    TAKE_REVIEW: { description: "A take is ready for review." },
    TAKE_DECIDED: { description: "Somebody approved or rejected a take." },
    MACHINE_UNREACHABLE: { description: "A machine does not answer any more." },
    MACHINE_REACHABLE: { description: "A machine answers, for the first time or again." },
  },
});

export const webhookLoader = defineLoader<Webhook>(async ({ deps, viewer }, ids) =>
  viewer?.role === "ADMIN"
    ? byId(await deps.db.prisma.webhook.findMany({ where: { id: { in: [...ids] } } }))
    : new Map(),
);

export const WebhookType = builder.objectRef<Webhook>("Webhook");
builder.node(WebhookType, {
  description: "An address that is told of what happens, for ADMINs. Its secret is never given back.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => webhookLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "What people call it." }),
    url: t.exposeString("url", { description: "Where it is sent to, by POST." }),
    events: t.field({ type: [WebhookEventType], description: "What it is told of.", resolve: ({ events }) => events }),
    project: t.field({
      type: ProjectType,
      nullable: true,
      description: "Only jobs, runs and takes of this project; null: of all. Machines are of the whole studio.",
      resolve: async ({ projectId }, _args, context) =>
        projectId === null ? null : expectLoaded(await projectLoader(context).load(projectId), "project"),
    }),
    isEnabled: t.exposeBoolean("isEnabled", { description: "Whether anything is sent." }),
    disabledReason: t.exposeString("disabledReason", {
      nullable: true,
      description: "Why it was disabled, when nobody did it by hand.",
    }),
    failureStreak: t.exposeInt("failureStreak", { description: "Attempts in a row that failed." }),
    failingSince: t.field({
      type: "DateTime",
      nullable: true,
      description: "When the first of them did.",
      resolve: ({ failingSince }) => failingSince,
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: ({ createdAt }) => createdAt }),
  }),
});

builder.queryField("webhooks", (t) =>
  t.field({
    type: [WebhookType],
    description: "All webhooks, by name; 50 at most.",
    authScopes: { admin: true },
    resolve: (_root, _args, { deps }) => listWebhooks(deps),
  }),
);
