/** How many things of each owner are open at the same time, such as the sockets of a person. */
export class OpenCounts {
  readonly #counts = new Map<string, number>();

  /** @param max null: any number. @returns what ends it; undefined when it would be one too many */
  open(owner: string, max: number | null): (() => void) | undefined {
    const count = this.#counts.get(owner) ?? 0;
    if (max !== null && count >= max) return undefined;
    this.#counts.set(owner, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#counts.get(owner) ?? 1) - 1;
      if (left > 0) this.#counts.set(owner, left);
      else this.#counts.delete(owner);
    };
  }
}

/** The same values; tells when no more are asked for, or none are left. */
export function whenOver<Value>(values: AsyncIterable<Value>, tell: () => void): AsyncIterableIterator<Value> {
  const inner = values[Symbol.asyncIterator]();
  const over = <Result>(result: Result): Result => {
    tell();
    return result;
  };
  const failed = (error: unknown): never => {
    tell();
    throw error;
  };
  const outer: AsyncIterableIterator<Value> = {
    next: () => inner.next().then((result) => (result.done ? over(result) : result), failed),
    return: (value?: unknown) =>
      inner.return
        ? inner.return(value).then(over, failed)
        : Promise.resolve(over({ done: true as const, value: undefined })),
    [Symbol.asyncIterator]: () => outer,
  };
  return outer;
}
