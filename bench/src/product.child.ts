import { createApp } from "@callsheet/server/app/create-app.ts";
import type { Config } from "@callsheet/server/app/config.ts";

/** What a process of the product is told by its parent. */
export interface Orders {
  config: Config;
  databaseUrl: string;
  roles: { api: boolean; worker: boolean };
}

/** What it holds after a collection, in bytes. */
export interface Memory {
  /** Objects, and what they hold outside of the heap. */
  held: number;
  rss: number;
}

/** One process of the product, which tells what it holds when it is asked. Needs --expose-gc. */
process.once("message", (orders: Orders) => void start(orders));

async function start({ config, databaseUrl, roles }: Orders): Promise<void> {
  const app = await createApp(config, { databaseUrl, roles });
  process.on("message", (message) => void (message === "memory" ? process.send?.(memory()) : process.exit()));
  process.on("disconnect", () => process.exit());
  process.send?.({ port: app.api ? await app.api.listen(0, "127.0.0.1") : 0 });
}

function memory(): Memory {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, rss };
}
