/**
 * Maps an async iterator, with a `return` that reaches the source at once. An async generator function would queue it
 * behind the value that it waits for, and a watch nobody reads any more would stay open.
 * @param map gives undefined for what shall be left out
 * @param isLast ends the iteration after that value
 */
export function mapIterator<In, Out>(
  source: AsyncIterable<In>,
  map: (value: In) => Promise<Out | undefined>,
  isLast: (value: Out) => boolean = () => false,
): AsyncGenerator<Out, void> {
  const iterator = source[Symbol.asyncIterator]();
  let ended = false;
  const end = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    await iterator.return?.();
  };
  const result: AsyncGenerator<Out, void> = {
    next: async () => {
      while (!ended) {
        const { done, value } = await iterator.next();
        if (done || ended) break;
        const mapped = await map(value);
        if (mapped === undefined) continue;
        if (isLast(mapped)) await end();
        return { done: false, value: mapped };
      }
      await end();
      return { done: true, value: undefined };
    },
    return: async () => {
      await end();
      return { done: true, value: undefined };
    },
    throw: async (error: unknown) => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => result,
    [Symbol.asyncDispose]: end,
  };
  return result;
}
