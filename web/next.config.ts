import path from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Beside the build, what a server needs of the packages: for the container image alone, it takes a while.
  ...(process.env["WEB_STANDALONE"] === "true" && { output: "standalone" }),
  outputFileTracingRoot: path.join(import.meta.dirname, ".."),
  turbopack: {
    root: path.join(import.meta.dirname, ".."),
    rules: {
      "*.{ts,tsx}": {
        condition: { content: /from "#gql\/gql\.ts"/ },
        loaders: [path.join(import.meta.dirname, "graphql-loader.cjs")],
      },
    },
  },
};

export default config;
