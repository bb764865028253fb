import type { CodegenConfig } from "@graphql-codegen/cli";

const scalars = {
  ID: "string",
  BigInt: { input: "string | number", output: "string | number" },
  DateTime: "string",
  JSON: "unknown",
};
const types = {
  useTypeImports: true,
  enumType: "string-literal",
  enumsAsTypes: true,
  strictScalars: true,
  defaultScalarType: "unknown",
  scalars,
};

/** What is in the package: every type of the schema, and documents for what most programs ask. */
const config: CodegenConfig = {
  schema: "server/schema.graphql",
  generates: {
    "client/src/generated/schema.ts": { plugins: ["typescript"], config: types },
    "client/src/generated/operations.ts": {
      documents: "client/src/operations/*.graphql",
      plugins: ["typescript-operations", "typed-document-node"],
      config: { ...types, dedupeFragments: true },
    },
  },
};

export default config;
