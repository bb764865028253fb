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
        experimental: { keepImportAttributes: true },
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
  // Jest keeps the modules of every ECMAScript test file that it has run (some 40 MB each): without a limit a worker
  // spends its last minutes on collecting garbage and then runs out of memory.
  workerIdleMemoryLimit: "800MB",
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
