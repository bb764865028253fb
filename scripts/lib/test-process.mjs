// The real ones, also in a test that puts its own in their place.
const { setTimeout, clearTimeout } = globalThis;

/**
 * Makes this process one for tests, as the runner in jest.config.ts, which runs them in bare Node.js, leaves it to us.
 * @param {number} usualMs how long tests and hooks may take that name no limit of their own, in ms
 */
export function becomeTestProcess(usualMs) {
  // The loader is not for the processes that tests start, which run as they are built.
  delete process.env.NODE_OPTIONS;
  // Whatever a suite has left open: Jest is done.
  process.once("disconnect", () => process.exit());
  limitTime(usualMs);
}

function limitTime(usualMs) {
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
    add(name, telling(within(fn, ms, "The test")));

const limitedEach =
  (each, usualMs) =>
  (...table) =>
    limited(each(...table), usualMs);

/** The same test, of which hooks can ask by `expect.getState().hasFailed` how it ended. */
function telling(test) {
  return async (...args) => {
    expect.setState({ hasFailed: true });
    await test(...args);
    expect.setState({ hasFailed: false });
  };
}

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
