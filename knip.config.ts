import type { KnipConfig } from "knip";

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: ["scripts/*.mjs", "oxlint.config.mjs", "jest.config.ts"],
      project: ["scripts/**/*.mjs", "*.{ts,mjs}"],
      // Its paths start at each project's folder, which knip does not follow; the suites are entries below.
      jest: false,
      ignoreDependencies: ["esbuild-register", "lefthook", "jest", "@swc/jest", "@swc/core"],
    },
    server: {
      entry: ["src/main/*.ts", "test/global-*.mjs", "{src,test}/**/*.test.ts", "test/support/*.ts"],
      project: ["src/**/*.ts", "test/**/*.{ts,mjs}", "!src/platform/db/generated/**"],
      // The generated client imports it.
      ignoreDependencies: ["@prisma/client"],
    },
    web: {
      entry: ["src/**/*.test.{ts,tsx}", "codegen-introspection.mjs"],
      project: ["src/**/*.{ts,tsx}", "!src/gql/**"],
      // Imported by the style sheet.
      ignoreDependencies: ["tailwindcss"],
    },
    bench: { entry: ["src/*.bench.ts"], project: ["src/**/*.ts"] },
    e2e: { entry: ["src/**/*.test.ts"], project: ["src/**/*.ts"] },
  },
};

export default config;
