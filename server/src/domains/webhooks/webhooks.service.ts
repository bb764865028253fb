import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { newSecret, secretProblem } from "#domains/webhooks/logic/signature.ts";
import { webhookUrlProblem } from "#domains/webhooks/logic/webhook-address.ts";
import { ConflictError, NotFoundError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { Webhook } from "#platform/db/generated/client.ts";
import { WebhookEvent } from "#platform/db/generated/enums.ts";

type WebhookDeps = Pick<Deps, "config" | "db" | "bus">;

/** More would make every change of a job a burden. */
const maxWebhooks = 50;
/** How long the secret before the present one signs as well. */
const bothSecretsMs = 24 * 3_600_000;

const fieldsOf = (allowPrivate: boolean) =>
  z.object({
    name: storableText(80).trim().min(1, "a webhook needs a name"),
    url: storableText(2_000)
      .trim()
      .superRefine((text, context) => {
        const problem = webhookUrlProblem(text, allowPrivate);
        if (problem) context.addIssue({ code: "custom", message: problem });
      }),
    events: z
      .array(z.enum(WebhookEvent))
      .min(1, "choose at least one event")
      .transform((events) => [...new Set(events)]),
    isEnabled: z.boolean(),
  });
const secret = z.string().superRefine((text, context) => {
  const problem = secretProblem(text);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

export interface WebhookInput {
  name: string;
  url: string;
  events: WebhookEvent[];
  /** Null: of all projects. */
  projectId: string | null;
}

/** A webhook and its secret, which nobody sees a second time. */
export interface WithSecret {
  webhook: Webhook;
  secret: string;
}

export function listWebhooks({ db }: Pick<Deps, "db">): Promise<Webhook[]> {
  return db.prisma.webhook.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
}

/** @throws ValidationError, NotFoundError, ConflictError (code TOO_MANY_WEBHOOKS) */
export async function createWebhook(
  deps: WebhookDeps,
  viewer: Viewer,
  input: WebhookInput & { secret: string | undefined },
): Promise<WithSecret> {
  const { db, bus, config } = deps;
  const form = fieldsOf(config.webhooks.allowPrivate).omit({ isEnabled: true }).extend({ secret: secret.optional() });
  const { secret: given, ...fields } = parseInput(form, input);
  await requireProject(deps, input.projectId);
  if ((await db.prisma.webhook.count()) >= maxWebhooks)
    throw new ConflictError(`There are ${maxWebhooks} webhooks already; delete one first`, "TOO_MANY_WEBHOOKS");
  const chosen = given ?? newSecret();
  const webhook = await db.prisma.webhook.create({
    data: { ...fields, projectId: input.projectId, secret: chosen, createdById: viewer.userId },
  });
  bus.publish("webhook.changed", { webhookId: webhook.id });
  return { webhook, secret: chosen };
}

/**
 * Changes a webhook. One that is enabled again, or that is to hear of more, hears of what happens from then on.
 * @throws ValidationError, NotFoundError
 */
export async function updateWebhook(
  deps: WebhookDeps,
  id: string,
  input: { [Key in keyof WebhookInput]?: WebhookInput[Key] | undefined } & { isEnabled?: boolean | undefined },
): Promise<Webhook> {
  const fields = parseInput(fieldsOf(deps.config.webhooks.allowPrivate).partial(), input);
  await requireProject(deps, input.projectId);
  const before = await deps.db.prisma.webhook.findUnique({ where: { id } });
  if (!before) throw new NotFoundError("The webhook", ["id"]);
  const isEnabledAgain = fields.isEnabled === true && !before.isEnabled;
  const hearsMore =
    fields.events?.some((event) => !before.events.includes(event)) === true ||
    (input.projectId !== undefined && input.projectId !== before.projectId);
  const now = new Date();
  const [webhook] = await deps.db.prisma.webhook.updateManyAndReturn({
    where: { id },
    data: {
      ...defined({ ...fields, projectId: input.projectId }),
      ...(isEnabledAgain ? { disabledReason: null, failureStreak: 0, failingSince: null } : {}),
      ...(isEnabledAgain || hearsMore ? { listensSince: now, gatheredUntil: now } : {}),
    },
  });
  return told(deps, webhook);
}

/** @throws NotFoundError */
export async function deleteWebhook({ db, bus }: Pick<Deps, "db" | "bus">, id: string): Promise<void> {
  const { count } = await db.prisma.webhook.deleteMany({ where: { id } });
  if (count === 0) throw new NotFoundError("The webhook", ["id"]);
  bus.publish("webhook.changed", { webhookId: id });
}

/**
 * Replaces the secret. For a day both sign, so that receivers can be changed in between.
 * @throws NotFoundError, ValidationError
 */
export async function rotateWebhookSecret(
  deps: WebhookDeps,
  id: string,
  given: string | undefined,
): Promise<WithSecret> {
  const { secret: chosen } = parseInput(z.object({ secret }), { secret: given ?? newSecret() });
  await deps.db.pool.query(
    `UPDATE webhook SET previous_secret = secret, previous_secret_until = $3, secret = $2, updated_at = now() WHERE id = $1`,
    [id, chosen, new Date(Date.now() + bothSecretsMs)],
  );
  const webhook = await deps.db.prisma.webhook.findUnique({ where: { id } });
  return { webhook: told(deps, webhook), secret: chosen };
}

function told({ bus }: Pick<Deps, "bus">, webhook: Webhook | null | undefined): Webhook {
  if (!webhook) throw new NotFoundError("The webhook", ["id"]);
  bus.publish("webhook.changed", { webhookId: webhook.id });
  return webhook;
}

type Defined<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };
const defined = <Fields extends object>(fields: Fields): Defined<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;

async function requireProject({ db }: Pick<Deps, "db">, id: string | null | undefined): Promise<void> {
  if (id && (await db.prisma.project.count({ where: { id } })) === 0)
    throw new NotFoundError("The project", ["projectId"]);
}
