/** Many pictures expire together; one round of requests is enough for all of them. */
const gatherMs = 300;

/** Asks for fresh addresses when pictures do not load: once for each address, so that a lost file asks no more. */
export function createPictureRefresh(): {
  report: (src: string) => void;
  onWanted: (listener: () => void) => void;
} {
  const reported = new Set<string>();
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    report: (src) => {
      if (reported.has(src)) return;
      reported.add(src);
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const listener of listeners) listener();
      }, gatherMs);
    },
    onWanted: (listener) => void listeners.add(listener),
  };
}
