import { coalesce } from "#platform/events/coalesce.ts";
import { mapIterator } from "#platform/events/map-iterator.ts";

/** At most ten events a second for one subscriber. */
const everyMs = 100;

/** Events are hints that can be lost with their store; whoever watches some things looks at them now and then. */
const lookAgainMs = 5_000;

/**
 * Tells things as they are now, then after every change that is heard of or found.
 * @param ids what is watched; null: all that is heard of, and nothing at the beginning
 * @param look gives undefined where there is nothing to tell
 * @param markOf by which a look that nobody called for tells that something changed
 */
export function watchThings<Event>(
  ids: readonly string[] | null,
  hear: (changed: (id: string) => void) => () => void,
  look: (id: string) => Promise<Event | undefined>,
  markOf: (event: Event) => string,
): AsyncGenerator<Event, void> {
  const wanted = ids && new Set(ids);
  const heard = new Set(ids);
  const marks = new Map<string, string>();
  const changes = coalesce((changed) => {
    const stop = hear((id) => {
      if (wanted && !wanted.has(id)) return;
      heard.add(id);
      changed(id);
    });
    const again = (): void => wanted?.forEach((id) => changed(id));
    const timer = wanted ? setInterval(again, lookAgainMs).unref() : undefined;
    // The first look comes after the watch has begun, so that no change falls between the two.
    again();
    return () => {
      clearInterval(timer);
      stop();
    };
  }, everyMs);
  return mapIterator(changes, async (id) => {
    const isNews = heard.delete(id);
    const event = await look(id);
    if (event === undefined || wanted === null) return event;
    const mark = markOf(event);
    const isOther = marks.get(id) !== mark;
    marks.set(id, mark);
    return isNews || isOther ? event : undefined;
  });
}
