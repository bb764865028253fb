// The real ones, also in a test that puts its own in their place.
const { setTimeout, clearTimeout } = globalThis;

/**
 * Gives tests and hooks a time limit: the runner in jest.config.ts, which runs them in bare Node.js, has none.
 * @param {number} usualMs for those that name no limit of their own, in ms
 */
export function limitTime(usualMs) {
  for (const name of /** @type {const} */ (["beforeAll", "afterAll", "beforeEach", "afterEach"])) {
    const add = globalThis[name];
    globalThis[name] = (fn, ms = usualMs) => add(within(fn, ms, name));
  }
  const { test } = globalThis;
  const only = Object.assign(limited(test.only, usualMs), { each: limitedEach(test.only.each, usualMs) });
  const { skip, todo, failing } = test;
  globalThis.test = Object.assign(limited(test, usualMs), {
    each: limitedEach(test.each, usualMs),
    only,
    skip,
    todo,
    failing,
  });
  globalThis.it = globalThis.test;
}

const limited =
  (add, usualMs) =>
  (name, fn, ms = usualMs) =>
    add(name, within(fn, ms, "The test"));

const limitedEach =
  (each, usualMs) =>
  (...table) =>
    limited(each(...table), usualMs);

/** The same work, failed when it takes longer. What it still does then is not stopped. */
function within(fn, ms, what) {
  const tooLong = new Error(`${what} took longer than its ${ms / 1000} s`);
  return async (...args) => {
    let timer;
    const end = new Promise((_, reject) => {
      timer = setTimeout(() => reject(tooLong), ms);
    });
    try {
      return await Promise.race([fn(...args), end]);
    } finally {
      clearTimeout(timer);
    }
  };
}
