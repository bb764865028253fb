/** What a node raises: told to clients with the type name a Python exception would have. */
export class NodeFailure extends Error {
  readonly exceptionType: string;
  constructor(exceptionType: string, message: string) {
    super(message);
    this.exceptionType = exceptionType;
  }
}

/** The prompt was asked to stop. */
export class Interrupted extends Error {}

/** The machine is going down: nothing more may be said about the prompt. */
export class MachineStopped extends Error {}

export function outOfMemory(message: string): NodeFailure {
  const hint =
    "This error means you ran out of memory on your GPU.\n\nTIPS: If the workflow worked before you might have accidentally set the batch_size to a large number.";
  return new NodeFailure("torch.OutOfMemoryError", `${message}\n${hint}`);
}
