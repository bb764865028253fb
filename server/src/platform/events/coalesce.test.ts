import { coalesce } from "#platform/events/coalesce.ts";

function source() {
  let changed: (id: string) => void = () => undefined;
  let stopped = false;
  return {
    listen: (listener: (id: string) => void) => {
      changed = listener;
      return () => (stopped = true);
    },
    tell: (id: string) => changed(id),
    isStopped: () => stopped,
  };
}

test("an id that changes many times in a turn is told once, and its last change is told", async () => {
  const { listen, tell } = source();
  const stream = coalesce(listen, 20);
  tell("a");
  tell("a");
  expect((await stream.next()).value).toBe("a");
  for (let n = 0; n < 50; n += 1) tell("a");
  expect((await stream.next()).value).toBe("a");
  tell("b");
  expect((await stream.next()).value).toBe("b");
  await stream.return();
});

test("turns come no closer than asked", async () => {
  const { listen, tell } = source();
  const stream = coalesce(listen, 30);
  const start = Date.now();
  for (const id of ["a", "b", "c"]) tell(id);
  for (let n = 0; n < 3; n += 1) await stream.next();
  expect(Date.now() - start).toBeGreaterThanOrEqual(58);
  await stream.return();
});

test("a stream that is ended while it waits lets go of its source", async () => {
  const { listen, isStopped } = source();
  const stream = coalesce(listen, 20);
  const waiting = stream.next();
  await stream.return();
  expect((await waiting).done).toBe(true);
  expect(isStopped()).toBe(true);
});
