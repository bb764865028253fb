import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import type { EventBus } from "#platform/events/event-bus.ts";

/** How long a look counts, in ms: as long as one subscriber waits between two events. */
const freshMs = 100;
/** Things of which looks are remembered. */
const maxThings = 1_000;

interface Look<Event> {
  at: number;
  event: Promise<Event | null>;
}

export interface SharedLooks<Event> {
  /** The thing as this viewer may see it, null otherwise: the same object for everybody who looks before it changes again. */
  look(deps: Pick<Deps, "bus" | "db">, viewer: Viewer, id: string): Promise<Event | null>;
  /** To be called by every watch when it hears of a change, before it looks: what others have seen is of no use any more. */
  forget(bus: EventBus, id: string): void;
}

/** A thousand people who watch one thing hear of a change in the same moment: one look serves them all, until the next change. */
export function createSharedLooks<Event extends object>(
  load: (deps: Pick<Deps, "db">, viewer: Viewer, id: string) => Promise<Event | null>,
): SharedLooks<Event> {
  /** By thing, then by who looks. */
  const looksOf = new WeakMap<EventBus, Map<string, Map<string, Look<Event>>>>();
  return {
    look: (deps, viewer, id) => {
      const { bus } = deps;
      const looks = looksOf.get(bus) ?? new Map<string, Map<string, Look<Event>>>();
      looksOf.set(bus, looks);
      const ofThing = looks.get(id) ?? new Map<string, Look<Event>>();
      looks.set(id, ofThing);
      if (looks.size > maxThings) looks.delete(looks.keys().next().value as string);
      const who = `${viewer.userId} ${viewer.role} ${String(viewer.projectIds)}`;
      const known = ofThing.get(who);
      if (known && performance.now() - known.at < freshMs) return known.event;
      const event = load(deps, viewer, id);
      ofThing.set(who, { at: performance.now(), event });
      // What failed is tried again by the next one.
      event.catch(() => ofThing.delete(who));
      return event;
    },
    forget: (bus, id) => {
      looksOf.get(bus)?.delete(id);
    },
  };
}
