import { coalesce } from "#platform/events/coalesce.ts";
import type { EventBus } from "#platform/events/event-bus.ts";
import { mapIterator } from "#platform/events/map-iterator.ts";

/** The system is told at most this often, in ms, whoever watches. */
const everyMs = 1_000;
/** Health is written without an event, and events can be lost: it is told at least this often, in ms. */
const lookAgainMs = 5_000;

interface Clock {
  listeners: Set<() => void>;
  /** Stands for the state after the last stroke: all who are told of it share one result. */
  state: object;
  stop: () => void;
}
const clocks = new WeakMap<EventBus, Clock>();

/** One clock for everybody: it strikes after changes, and its watchers are told in the same moment. */
function startClock(bus: EventBus): Clock {
  const clock: Clock = { listeners: new Set(), state: {}, stop: () => undefined };
  let struckAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const strike = (): void => {
    timer = undefined;
    struckAt = Date.now();
    clock.state = {};
    for (const listener of clock.listeners) listener();
  };
  const changed = (): void => {
    timer ??= setTimeout(strike, Math.max(0, struckAt + everyMs - Date.now())).unref();
  };
  const stops = [bus.subscribe("system.changed", changed), bus.subscribe("job.changed", changed)];
  const again = setInterval(changed, lookAgainMs).unref();
  clock.stop = () => {
    clearTimeout(timer);
    clearInterval(again);
    for (const stop of stops) stop();
    clocks.delete(bus);
  };
  clocks.set(bus, clock);
  return clock;
}

/** An object at once, then another one whenever machines, pauses or jobs have changed, at most once a second. */
export function watchSystem({ bus }: { bus: EventBus }): AsyncGenerator<object, void> {
  let isFirst = true;
  let clock: Clock | undefined;
  const strokes = coalesce((changed) => {
    const ours = clocks.get(bus) ?? startClock(bus);
    const told = () => changed("system");
    clock = ours;
    ours.listeners.add(told);
    told();
    return () => {
      ours.listeners.delete(told);
      if (ours.listeners.size === 0) ours.stop();
    };
  }, 0);
  return mapIterator(strokes, async () => {
    // The state of the last stroke may be seconds old: whoever comes in looks for themself.
    const state = isFirst ? {} : clock?.state;
    isFirst = false;
    return state;
  });
}
