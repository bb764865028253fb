/** A text that comes piece by piece and is stored as it grows. */
export interface GrowingText {
  add: (piece: string) => void;
  /** Begins from nothing. */
  clear(): void;
  /** Resolves when nothing is being stored any more; what has not been stored yet is left to the caller. */
  end(): Promise<void>;
}

/**
 * Stores at most every so often, and one state after the other.
 * @param store never rejects
 */
export function growingText(everyMs: number, store: (text: string) => Promise<void>): GrowingText {
  let text = "";
  let timer: NodeJS.Timeout | undefined;
  let storing = Promise.resolve();
  const write = (): void => {
    timer = undefined;
    const state = text;
    storing = storing.then(() => store(state));
  };
  return {
    add: (piece) => {
      text += piece;
      timer ??= setTimeout(write, everyMs);
    },
    clear: () => {
      text = "";
      timer ??= setTimeout(write, everyMs);
    },
    end: async () => {
      clearTimeout(timer);
      timer = undefined;
      await storing;
    },
  };
}
