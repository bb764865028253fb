/**
 * The claims that this process works on, by prompt id. Whoever brings one that is in hand already (BullMQ after the
 * dispatcher, or BullMQ again because it took this process for dead or lost its store) waits for the same end. Nothing is
 * remembered of those that are over: a crash of the database may take their end back.
 */
export class ClaimsInHand {
  readonly #working = new Map<string, Promise<void>>();

  get size(): number {
    return this.#working.size;
  }

  /** Does the work, unless it is being done. @throws what the work throws */
  hold(comfyPromptId: string, work: () => Promise<void>): Promise<void> {
    const known = this.#working.get(comfyPromptId);
    if (known) return known;
    const working = work().finally(() => this.#working.delete(comfyPromptId));
    this.#working.set(comfyPromptId, working);
    return working;
  }

  /** Resolves when nothing is in hand any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#working.values());
  }
}
