import path from "node:path";
import type { NextConfig } from "next";

/** Evaluated code is the development server's own. */
const isDev = process.env.NODE_ENV === "development";

/**
 * What pages may load. Pictures and films come from wherever files are stored, live updates from the API's own address; both
 * are known only when the client runs. Next writes scripts into its pages, which are the same for everybody.
 */
const contentPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDev ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data: http: https:",
  "media-src 'self' blob: http: https:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  headers: () =>
    Promise.resolve([
      {
        source: "/:path*",
        headers: [
          { key: "Content-Security-Policy", value: contentPolicy },
          { key: "X-Frame-Options", value: "DENY" },
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
        ],
      },
      // Pages name the scripts of their build: one that a cache kept would ask a newer server for what is gone.
      { source: "/((?!_next/).*)", headers: [{ key: "Cache-Control", value: "private, no-cache" }] },
    ]),
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
