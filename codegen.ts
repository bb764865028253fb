import type { CodegenConfig } from "@graphql-codegen/cli";

/** Typed documents from the committed schema; nothing needs a running server. */
const config: CodegenConfig = {
  schema: "server/schema.graphql",
  generates: {
    "web/src/gql/": {
      documents: ["web/src/**/*.{ts,tsx}", "!web/src/gql/**", "!web/src/**/*.test.ts"],
      preset: "client",
      presetConfig: { fragmentMasking: { unmaskFunctionName: "readFragment" } },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        skipTypeNameForRoot: true,
        strictScalars: true,
        documentMode: "graphQLTag",
        gqlImport: "urql#gql",
        dedupeFragments: true,
        defaultScalarType: "unknown",
        scalars: { BigInt: "string", DateTime: "string", JSON: "unknown" },
      },
    },
    "server/src/cli/gql/": {
      documents: ["server/src/cli/**/*.ts", "!server/src/cli/gql/**"],
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        strictScalars: true,
        documentMode: "string",
        dedupeFragments: true,
        defaultScalarType: "unknown",
        scalars: { BigInt: "string | number | bigint", DateTime: "string", JSON: "unknown" },
      },
    },
    // What the command line asks, for servers that run known documents only.
    "server/src/cli/gql/documents.json": {
      documents: ["server/src/cli/**/*.ts", "!server/src/cli/gql/**"],
      plugins: ["./scripts/codegen-documents.mjs"],
    },
    // What the bundle has instead of the map of all documents (web/graphql-loader.cjs).
    "web/src/gql/documents.json": {
      documents: ["web/src/**/*.{ts,tsx}", "!web/src/gql/**", "!web/src/**/*.test.ts"],
      plugins: ["./scripts/codegen-documents.mjs"],
    },
    // The shape of what is asked for, for the normalised cache: which types there are, and what implements what.
    "web/src/gql/schema-shape.json": {
      documents: ["web/src/**/*.{ts,tsx}", "!web/src/gql/**", "!web/src/**/*.test.ts"],
      plugins: ["./web/codegen-introspection.mjs"],
    },
    // The operations of the cookbook, for the API explorer.
    "web/src/gql/examples.json": { plugins: ["./web/codegen-examples.mjs"] },
  },
};

export default config;
