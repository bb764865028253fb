import type { Deps } from "#app/deps.ts";
import { findJobEvents, findRunEvents, type Scope } from "#domains/webhooks/find-events.ts";
import { findMachineEvents, findTakeEvents } from "#domains/webhooks/find-studio-events.ts";
import { eventIdOf, type FoundEvent, payloadOf } from "#domains/webhooks/logic/payload.ts";
import type { Webhook } from "#platform/db/generated/client.ts";
import type { WebhookEvent } from "#platform/db/generated/enums.ts";

type GatherDeps = Pick<Deps, "config" | "db">;
export type Listening = Pick<Webhook, "id" | "events" | "projectId" | "listensSince" | "gatheredUntil">;

/** Changes carry the time of their statement and are seen when they are committed: so much later at most, in ms. */
const overlapMs = 120_000;
/** Rows that one statement writes. */
const batch = 500;

export const findListening = ({ db }: Pick<Deps, "db">): Promise<Listening[]> =>
  db.prisma.webhook.findMany({
    where: { isEnabled: true },
    select: { id: true, events: true, projectId: true, listensSince: true, gatheredUntil: true },
  });

/**
 * Writes a delivery for what has happened and has none. What happened is read from the state of jobs, runs, takes and
 * machines, so it can be called at any time, twice, or after a crash, and by several processes at once.
 * @param scope left out: everything since the last time that everything was looked at
 * @returns webhooks that have something to send
 */
export async function gatherEvents(
  deps: GatherDeps,
  listening: readonly Listening[],
  scope?: Scope,
): Promise<string[]> {
  if (listening.length === 0) return [];
  const upTo = new Date();
  const oldest = Math.min(...listening.map(({ gatheredUntil }) => gatheredUntil.getTime()));
  const found = await find(deps, listening, new Date(oldest - overlapMs), scope);
  const woken: string[] = [];
  for (const webhook of listening) {
    const rows = found.filter((each) => isFor(webhook, each)).map((each) => rowOf(webhook, each));
    let count = 0;
    for (let from = 0; from < rows.length; from += batch) {
      const data = rows.slice(from, from + batch);
      count += (await deps.db.prisma.webhookDelivery.createMany({ data, skipDuplicates: true })).count;
    }
    if (count > 0) woken.push(webhook.id);
  }
  if (!scope) {
    const where = { id: { in: listening.map(({ id }) => id) }, gatheredUntil: { lt: upTo } };
    await deps.db.prisma.webhook.updateMany({ where, data: { gatheredUntil: upTo } });
  }
  return woken;
}

function isFor({ events, projectId, listensSince }: Listening, found: FoundEvent): boolean {
  return (
    events.includes(found.event) &&
    found.at >= listensSince &&
    (projectId === null || found.projectId === undefined || found.projectId === projectId)
  );
}

const rowOf = ({ id }: Listening, found: FoundEvent) => ({
  webhookId: id,
  event: found.event,
  eventId: eventIdOf(found),
  payload: payloadOf(found),
});

async function find(
  deps: GatherDeps,
  listening: readonly Listening[],
  since: Date,
  scope?: Scope,
): Promise<FoundEvent[]> {
  const wanted = new Set<WebhookEvent>(listening.flatMap(({ events }) => events));
  const wants = (...events: WebhookEvent[]): boolean => events.some((event) => wanted.has(event));
  const statuses = [...(wants("RUN_SUCCEEDED") ? ["SUCCEEDED"] : []), ...(wants("RUN_FAILED") ? ["FAILED"] : [])];
  const looksAt = (ids: string[] | undefined): boolean => !scope || (ids?.length ?? 0) > 0;
  const found: FoundEvent[] = [];
  if (looksAt(scope?.jobIds)) {
    if (wants("JOB_STARTED", "JOB_ENDED")) found.push(...(await findJobEvents(deps, since, scope?.jobIds)));
    if (statuses.length > 0) found.push(...(await findRunEvents(deps, since, statuses, scope?.jobIds)));
  }
  if (looksAt(scope?.takeIds) && wants("TAKE_REVIEW", "TAKE_DECIDED"))
    found.push(...(await findTakeEvents(deps, since, scope?.takeIds)));
  if ((!scope || scope.machines) && wants("MACHINE_REACHABLE", "MACHINE_UNREACHABLE"))
    found.push(...(await findMachineEvents(deps, since)));
  return found.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
