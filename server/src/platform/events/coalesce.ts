/**
 * Turns a stream of hints "this id changed" into a steady one: an id that changes often is told once per turn, turns come
 * no closer than `everyMs`, and the last change of each id is always told. Memory is bounded by the number of ids.
 */
export function coalesce(
  listen: (changed: (id: string) => void) => () => void,
  everyMs: number,
): AsyncGenerator<string, void> {
  const waiting = new Set<string>();
  let wake: (() => void) | undefined;
  let ended = false;
  let lastAt = 0;
  const stop = listen((id) => {
    waiting.add(id);
    wake?.();
  });
  const end = (): void => {
    if (ended) return;
    ended = true;
    stop();
    wake?.();
  };
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        if (!ended) return;
        clearTimeout(timer);
        resolve();
      };
    });

  async function next(): Promise<IteratorResult<string, void>> {
    while (!ended && waiting.size === 0) await new Promise<void>((resolve) => (wake = resolve));
    const pause = lastAt + everyMs - Date.now();
    if (!ended && pause > 0) await sleep(pause);
    if (ended) return { done: true, value: undefined };
    const [id] = waiting;
    waiting.delete(id as string);
    lastAt = Date.now();
    return { done: false, value: id as string };
  }

  return {
    next,
    // A plain async generator could not be ended while it waits; this one lets go at once.
    return: () => {
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw: (error: unknown) => {
      end();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: () => {
      end();
      return Promise.resolve();
    },
  };
}
