/** @jest-config-loader esbuild-register */
import { fileURLToPath } from "node:url";
import type { Config } from "jest";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** One Jest project for each kind of suite, so that `npm test -- --selectProjects server` is possible. */
const shared: Config = {
  // Test files of one process share the modules that they import, which Node.js loads as it does in production:
  // a module is evaluated once and not once for each file, which was half of the whole time.
  runner: file("scripts/lib/test-runner.mjs"),
  transform: {},
  setupFilesAfterEnv: [file("scripts/lib/usual-test-process.mjs")],
};

const config: Config = {
  // For two cores: while one suite waits for a machine, a page or the clock, two others work.
  maxWorkers: 3,
  testSequencer: file("scripts/lib/longest-first.cjs"),
  projects: [
    {
      ...shared,
      displayName: "server",
      rootDir: "server",
      testMatch: ["<rootDir>/{src,test}/**/*.test.ts"],
      // What measures time is for a machine that does nothing else: `npm run drills`.
      testPathIgnorePatterns: process.env["DRILL_RUNS"] ? [] : ["/drills/long/"],
      globalSetup: "<rootDir>/test/global-setup.mjs",
      globalTeardown: "<rootDir>/test/global-teardown.mjs",
    },
    {
      ...shared,
      displayName: "web",
      rootDir: "web",
      testMatch: ["<rootDir>/src/**/*.test.{ts,tsx}"],
    },
    {
      ...shared,
      displayName: "e2e",
      rootDir: "e2e",
      testMatch: ["<rootDir>/src/**/*.test.ts"],
      setupFilesAfterEnv: ["<rootDir>/src/support/test-process.mjs"],
      globalSetup: "<rootDir>/src/support/global-setup.mjs",
      globalTeardown: "<rootDir>/src/support/global-teardown.mjs",
    },
  ],
};

export default config;
