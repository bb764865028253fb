import { WebhookEventType, WebhookType } from "#domains/webhooks/webhooks.graphql.ts";
import {
  createWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  updateWebhook,
  type WithSecret,
} from "#domains/webhooks/webhooks.service.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, nullableId, optionalId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";

const withSecret = (name: string, description: string) =>
  builder.objectRef<WithSecret>(name).implement({
    description: `Answer of a mutation: ${description}`,
    fields: (t) => ({
      webhook: t.field({ type: WebhookType, description: "The webhook.", resolve: ({ webhook }) => webhook }),
      secret: t.exposeString("secret", {
        description: "Signs what is sent. Keep it now: it is never given back again.",
      }),
    }),
  });
const secretHelp = "`whsec_` and the base64 of 24 to 64 random bytes; one is made unless you bring yours.";

mutation("createWebhook", {
  description: "Adds an address that is told of what happens from now on.",
  role: "admin",
  input: builder.inputType("CreateWebhookInput", {
    description: "A new webhook.",
    fields: (t) => ({
      name: t.string({ required: true, description: "What people call it, up to 80 characters." }),
      url: t.string({ required: true, description: "http or https, such as https://hooks.studio.example/callsheet." }),
      events: t.field({ type: [WebhookEventType], required: true, description: "What it is told of, at least one." }),
      projectId: t.id({ description: "Only jobs, runs and takes of this project." }),
      secret: t.string({ description: secretHelp }),
    }),
  }),
  payload: withSecret("CreateWebhookPayload", "the webhook and its secret."),
  resolve: ({ name, url, events, projectId, secret }, { deps, viewer }) =>
    createWebhook(deps, viewer, {
      name,
      url,
      events,
      projectId: optionalId("Project", projectId, ["projectId"]) ?? null,
      secret: secret ?? undefined,
    }),
});

mutation("updateWebhook", {
  description:
    "Changes a webhook; fields left out stay. Enabling it again begins with what happens from then on; what waits is sent.",
  role: "admin",
  input: builder.inputType("UpdateWebhookInput", {
    description: "What to change.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which webhook." }),
      name: t.string({ description: "What people call it." }),
      url: t.string({ description: "Where it is sent to." }),
      events: t.field({ type: [WebhookEventType], description: "All that it is told of from now on." }),
      projectId: t.id({ description: "Only jobs, runs and takes of this project; null: of all." }),
      isEnabled: t.boolean({ description: "Whether anything is sent." }),
    }),
  }),
  payload: payloadOf("UpdateWebhookPayload", "webhook", WebhookType, "The webhook as it is now."),
  resolve: async (input, { deps }) => ({
    webhook: await updateWebhook(deps, requireId("Webhook", input.id), {
      name: input.name ?? undefined,
      url: input.url ?? undefined,
      events: input.events ?? undefined,
      projectId: nullableId("Project", input.projectId, ["projectId"]),
      isEnabled: input.isEnabled ?? undefined,
    }),
  }),
});

mutation("rotateWebhookSecret", {
  description:
    "Replaces the secret. For 24 hours the one before signs as well, so that receivers can be changed in between.",
  role: "admin",
  input: builder.inputType("RotateWebhookSecretInput", {
    description: "Which webhook.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The webhook's id." }),
      secret: t.string({ description: secretHelp }),
    }),
  }),
  payload: withSecret("RotateWebhookSecretPayload", "the webhook and its new secret."),
  resolve: (input, { deps }) => rotateWebhookSecret(deps, requireId("Webhook", input.id), input.secret ?? undefined),
});

mutation("deleteWebhook", {
  description: "Deletes a webhook with the log of its deliveries; what waits is not sent.",
  role: "admin",
  input: builder.inputType("DeleteWebhookInput", {
    description: "Which webhook.",
    fields: (t) => ({ id: t.id({ required: true, description: "The webhook's id." }) }),
  }),
  payload: builder.objectRef<{ id: string }>("DeleteWebhookPayload").implement({
    description: "Answer of a mutation: what was deleted.",
    fields: (t) => ({
      deletedId: t.id({ description: "The id that the webhook had.", resolve: ({ id }) => encodeId("Webhook", id) }),
    }),
  }),
  resolve: async (input, { deps }) => {
    const id = requireId("Webhook", input.id);
    await deleteWebhook(deps, id);
    return { id };
  },
});
