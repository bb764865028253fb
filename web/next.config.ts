import path from "node:path";
import type { NextConfig } from "next";

const api = (process.env.CALLSHEET_API_URL ?? "http://127.0.0.1:4000").replace(/\/$/, "");
const proxied = ["/graphql", "/assets/:path*", "/uploads/:path*", "/previews/:path*"];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  turbopack: { root: path.join(import.meta.dirname, "..") },
  // The browser talks to one origin; only the WebSocket goes to the API directly, since rewrites do not
  // carry upgrades dependably.
  rewrites: async () =>
    proxied.map((source) => ({ source, destination: `${api}${source}` })),
};

export default config;
