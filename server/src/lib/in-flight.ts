/** Counts what is under way, so that closing can wait for it. */
export class InFlight {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  async track<Result>(work: Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await work;
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const wake of this.#waiting) wake();
    }
  }

  /** Resolves when nothing is under way. */
  async none(): Promise<void> {
    while (this.#count > 0)
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
  }
}
