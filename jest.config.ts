/** @jest-config-loader esbuild-register */
import type { Config } from "jest";

/** One Jest project for each kind of suite, so that `npm test -- --selectProjects server` is possible. */
const swc: NonNullable<Config["transform"]> = {
  "^.+\\.tsx?$": [
    "@swc/jest",
    {
      jsc: {
        target: "es2023",
        parser: { syntax: "typescript", tsx: true, decorators: false },
        transform: { react: { runtime: "automatic" } },
      },
      module: { type: "es6" },
    },
  ],
};
const shared: Config = {
  transform: swc,
  extensionsToTreatAsEsm: [".ts", ".tsx"],
  testEnvironment: "node",
};

const config: Config = {
  maxWorkers: 2,
  // Databases and simulated machines share two cores with everything else that runs.
  testTimeout: 30_000,
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
      globalSetup: "<rootDir>/src/support/global-setup.mjs",
      globalTeardown: "<rootDir>/src/support/global-teardown.mjs",
    },
  ],
};

export default config;
