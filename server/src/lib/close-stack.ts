/** Things that were opened, closed in reverse order: what `AsyncDisposableStack` will be once Node has it. */
export class CloseStack implements AsyncDisposable {
  readonly #closing: (() => unknown)[] = [];

  /** Closes `part` with the stack. @returns the part */
  use<Part extends AsyncDisposable>(part: Part): Part {
    this.#closing.push(() => part[Symbol.asyncDispose]());
    return part;
  }

  /** Calls `close` with the stack. */
  defer(close: () => unknown): void {
    this.#closing.push(close);
  }

  /** Hands all over to a new stack, which closes it; this one closes nothing any more. */
  release(): CloseStack {
    const next = new CloseStack();
    next.#closing.push(...this.#closing.splice(0));
    return next;
  }

  /** Closes all, whether or not some of them fail. @throws the first failure */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closing.pop(); close; close = this.#closing.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
