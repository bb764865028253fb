import type { KnipConfig } from "knip";

const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: [
        "scripts/*.mjs",
        "scripts/lint/*.mjs",
        "scripts/lib/*test-process.mjs",
        "scripts/lib/test-runner.mjs",
        "scripts/lib/*.cjs",
        ".ci/*.mjs",
        "jest.config.ts",
      ],
      project: ["scripts/**/*.{mjs,cjs}", ".ci/*.mjs", "*.{ts,mjs}"],
      // Its paths start at each project's folder, which knip does not follow; the suites are entries below.
      jest: false,
      // The schema tools belong to the server's workspace, from where scripts/schema-diff.mjs loads them.
      ignoreDependencies: ["esbuild-register", "lefthook", "tsx", "@graphql-inspector/core"],
    },
    server: {
      entry: ["src/main/*.ts", "bin/*.mjs", "test/global-*.mjs", "{src,test}/**/*.test.ts", "test/support/*.ts"],
      project: ["src/**/*.ts", "test/**/*.{ts,mjs}", "!src/platform/db/generated/**", "!src/cli/gql/**"],
      // The generated client imports the first, scripts/schema-diff.mjs the second.
      ignoreBinaries: ["redis-server", "mkfifo", "pg_dump", "pg_restore"],
      ignoreDependencies: ["@prisma/client", "@graphql-inspector/core"],
    },
    client: {
      // The package's entries are what it exports; documents come from src/operations.
      entry: ["src/index.ts", "src/webhooks.ts", "src/generated/schema.ts"],
      project: ["src/**/*.ts", "!src/generated/**"],
      // Optional: only where the platform has no WebSocket.
      ignoreDependencies: ["ws"],
    },
    web: {
      entry: ["src/**/*.test.{ts,tsx}"],
      project: ["src/**/*.{ts,tsx}", "!src/gql/**"],
      // Imported by the style sheet.
      ignoreDependencies: ["tailwindcss"],
    },
    bench: { entry: ["src/*.bench.ts"], project: ["src/**/*.ts"] },
    e2e: { entry: ["src/**/*.test.ts"], project: ["src/**/*.ts"] },
  },
};

export default config;
