// Jest loads this with require.
const { statSync } = require("node:fs");
const { default: Sequencer } = require("@jest/test-sequencer");

/** Suites that take a minute or more, though most of them are not long to read. */
const long = [
  "e2e/src/project-roles",
  "e2e/src/pages",
  "e2e/src/accounts",
  "server/test/cli/cli",
  "server/test/drills/rolling-restart",
  "server/src/domains/queue/tests/outages",
  "e2e/src/start",
  "e2e/src/language-model",
  "e2e/src/review",
  "server/src/domains/queue/tests/faults",
];

/** These begin first, then the larger files: what is begun last is what one core still does while the other has nothing left. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const known = new Map(tests.map(({ path }) => [path, { place: placeOf(path), bytes: statSync(path).size }]));
    return tests.toSorted((one, other) => {
      const [a, b] = [known.get(one.path), known.get(other.path)];
      return a.place - b.place || b.bytes - a.bytes;
    });
  }
};

function placeOf(path) {
  const at = long.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return at === -1 ? long.length : at;
}
