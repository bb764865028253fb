import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import type { Job } from "#platform/db/generated/client.ts";
import type { EventBus } from "#platform/events/event-bus.ts";

/** A job as an event tells it: the same object for everybody who looks before it changes again. */
export interface JobEvent {
  job: Job;
}

/** How long a look counts, in ms: as long as one subscriber waits between two events. */
const freshMs = 100;
/** Jobs of which looks are remembered. */
const maxJobs = 1_000;

interface Look {
  at: number;
  event: Promise<JobEvent | null>;
}
/** By job, then by who looks. */
type Looks = Map<string, Map<string, Look>>;
const looksOf = new WeakMap<EventBus, Looks>();

/**
 * A job that the viewer may see, null otherwise. A thousand people who watch one queue hear of a change in the same moment:
 * one look serves them all, until the next change.
 */
export function lookAtJob({ bus, db }: Pick<Deps, "bus" | "db">, viewer: Viewer, id: string): Promise<JobEvent | null> {
  const looks = looksOf.get(bus) ?? new Map<string, Map<string, Look>>();
  looksOf.set(bus, looks);
  const ofJob = looks.get(id) ?? new Map<string, Look>();
  looks.set(id, ofJob);
  if (looks.size > maxJobs) looks.delete(looks.keys().next().value as string);
  const who = `${viewer.userId} ${viewer.role} ${String(viewer.projectIds)}`;
  const known = ofJob.get(who);
  if (known && performance.now() - known.at < freshMs) return known.event;
  const event = db.prisma.job.findFirst({ where: { AND: [{ id }, ownedBy(viewer)] } }).then((job) => job && { job });
  ofJob.set(who, { at: performance.now(), event });
  // What failed is tried again by the next one.
  event.catch(() => ofJob.delete(who));
  return event;
}

/** To be called by every watch when it hears of a change, before it looks: what others have seen is of no use any more. */
export function forgetLooks(bus: EventBus, jobId: string): void {
  looksOf.get(bus)?.delete(jobId);
}
